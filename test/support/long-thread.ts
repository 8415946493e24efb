import { newId, sampleComment } from '../bench/sample.ts';
import { type Account, newPost, sendJson } from './forum-account.ts';

/** How the comments of a thread answer one another. */
export const SHAPES = ['flat', 'nested', 'chain'] as const;
export type Shape = (typeof SHAPES)[number];

/** The deepest answer that a forum allows unless told. */
const DEEPEST = 10;
/** Of a nested thread each tenth comment begins a conversation, and the others answer one of the last ten. */
const CONVERSATION = 10;
/** Posted at one time; what they answer is there already. */
const GROUP = 20;

interface Wish {
  readonly id: string;
  readonly parentId: string | null;
  readonly depth: number;
}

/** What the comment with this number answers, among those that are there. */
function parentOf(shape: Shape, at: number, posted: readonly Wish[]): Wish | undefined {
  switch (shape) {
    case 'flat':
      return undefined;
    case 'nested':
      return at % CONVERSATION === 0 ? undefined : posted[posted.length - 1 - (at % Math.min(200, posted.length || 1))];
    case 'chain':
      return posted[Math.min(posted.length, DEEPEST) - 1];
    default:
      return shape satisfies never;
  }
}

/** Publishes a post and comments on it so many times; gives its id and, in the order of posting, those of its comments. */
export async function longThread(
  address: string,
  by: Account,
  { shape, comments, title = `A long thread, ${shape}` }: { shape: Shape; comments: number; title?: string },
): Promise<{ readonly postId: string; readonly slug: string; readonly commentIds: readonly string[] }> {
  const postId = await newPost(address, by, title);
  const posted: Wish[] = [];
  while (posted.length < comments) {
    const size = shape === 'chain' && posted.length < DEEPEST ? 1 : Math.min(GROUP, comments - posted.length);
    const group = Array.from({ length: size }, (_, index): Wish => {
      const found = parentOf(shape, posted.length + index, posted);
      const parent = found !== undefined && found.depth < DEEPEST ? found : undefined;
      return { id: newId(), parentId: parent?.id ?? null, depth: parent ? parent.depth + 1 : 0 };
    });
    await Promise.all(
      group.map(({ id, parentId }, index) =>
        sendJson(
          `${address}/api/v1/posts/${postId}/comments`,
          'POST',
          { id, parentId, body: sampleComment(posted.length + index) },
          by.token,
        ),
      ),
    );
    posted.push(...group);
  }
  const { slug } = await (await fetch(`${address}/api/v1/posts/${postId}`)).json();
  return { postId, slug, commentIds: posted.map(({ id }) => id) };
}
