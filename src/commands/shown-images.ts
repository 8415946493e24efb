import type { EventStore, RecordedEvent } from '../../libs/event-store/index.ts';
import { isErased, Slices, versionsUpTo } from '../../libs/kernel/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

const COMMENTS = ['CommentPosted.v1', 'CommentEdited.v1'].flatMap(versionsUpTo);
const POSTS = ['PostPublished.v1', 'PostEdited.v1'].flatMap(versionsUpTo);
/** As images stand in texts, whichever size they name. */
const SHOWN = /\/images\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-/g;

type Log = Pick<EventStore, 'readStream' | 'readAll'>;

/**
 * The streams of the images that a comment, in any of its revisions, shows, that its author brought, and that no post and
 * no other comment of the author shows. Reads every comment where there is such an image. Throws DomainError
 * storage_unavailable.
 */
export async function imagesOfComment(commentId: string, log: Log, vault: Vault): Promise<readonly string[]> {
  try {
    const { authorId, shown } = await shownIn(commentId, log, vault);
    const own: string[] = [];
    for (const id of shown) if (authorId !== null && (await ownerOf(id, log)) === authorId) own.push(id);
    if (authorId === null || own.length === 0) return [];
    const elsewhere = await shownElsewhere(commentId, authorId, { log, vault });
    return own.filter((id) => !elsewhere.has(id)).map((id) => streams.image(id));
  } catch (error) {
    throw inForumWords(error);
  }
}

async function shownIn(
  commentId: string,
  log: Log,
  vault: Vault,
): Promise<{ readonly authorId: string | null; readonly shown: ReadonlySet<string> }> {
  let authorId: string | null = null;
  const shown = new Set<string>();
  for await (const event of log.readStream(streams.comment(commentId))) {
    authorId = textIn(event.data, 'authorId') ?? authorId;
    for (const id of imagesIn(await bodyOf(event, vault))) shown.add(id);
  }
  return { authorId, shown };
}

async function shownElsewhere(
  commentId: string,
  authorId: string,
  { log, vault }: { readonly log: Log; readonly vault: Vault },
): Promise<ReadonlySet<string>> {
  const slices = new Slices();
  const shown = new Set<string>();
  const own = new Set<string>();
  const filter = { types: [...COMMENTS, ...POSTS] };
  for await (const event of log.readAll({ filter })) {
    await slices.pause();
    const isOfPost = POSTS.includes(event.type);
    if (textIn(event.data, 'authorId') === authorId) own.add(event.stream);
    if (event.stream === streams.comment(commentId) || !(isOfPost || own.has(event.stream))) continue;
    const body = isOfPost ? textIn(event.data, 'body') : await bodyOf(event, vault);
    for (const id of imagesIn(body)) shown.add(id);
  }
  return shown;
}

async function bodyOf(event: RecordedEvent, vault: Vault): Promise<string | null> {
  if (!COMMENTS.includes(event.type)) return null;
  const { personal } = await decoders.comment.open(event, vault);
  return personal === null || isErased(personal) ? null : textIn(personal, 'body');
}

async function ownerOf(imageId: string, log: Log): Promise<string | null> {
  for await (const { data } of log.readStream(streams.image(imageId))) return textIn(data, 'ownerId');
  return null;
}

function imagesIn(text: string | null): readonly string[] {
  return [...(text ?? '').matchAll(SHOWN)].map(([, id = '']) => id);
}

function textIn(data: unknown, field: string): string | null {
  const value: unknown = Reflect.get(Object(data), field);
  return typeof value === 'string' ? value : null;
}
