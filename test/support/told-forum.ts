import { openPublicForum } from '../../src/composition/public-forum.ts';
import { readConfig } from '../../src/config.ts';

const RUN = { onProgress: () => undefined, signal: new AbortController().signal };

export interface ToldComment {
  readonly depth: number;
  readonly author: string | null;
  readonly at: string;
  /** HTML, without what only ids tell; null for the place of a removed one. */
  readonly text: string | null;
}

export interface ToldPost {
  readonly title: string;
  readonly slug: string;
  readonly tags: readonly string[];
  readonly author: string | null;
  readonly at: string;
  readonly isOpen: boolean;
  readonly text: string;
  readonly comments: readonly ToldComment[];
}

/** What everybody can read in a data folder, by the addresses of posts, in the words of readers alone. */
export async function toldForum(dataDir: string): Promise<readonly ToldPost[]> {
  const forum = await openPublicForum(readConfig({ DATA_DIR: dataDir }), RUN);
  try {
    const posts: ToldPost[] = [];
    for await (const post of forum.posts()) {
      const comments: ToldComment[] = [];
      for await (const { depth, createdAt, said } of forum.comments(post.id)) {
        const author = said?.author?.displayName.replace(/\s+/g, ' ') ?? null;
        comments.push({ depth, author, at: toSecond(createdAt), text: said && asSeen(said.bodyHtml) });
      }
      const { title, slug, tags, isOpen } = post;
      const [author, at] = [post.author?.displayName ?? null, toSecond(post.publishedAt)];
      posts.push({ title, slug, tags, author, at, isOpen, text: asSeen(post.bodyHtml), comments });
    }
    return posts.sort((one, other) => (one.slug < other.slug ? -1 : 1));
  } finally {
    await forum.close();
  }
}

/** WordPress tells no parts of a second. */
function toSecond(at: string): string {
  return at.slice(0, 19);
}

/** Space is seen in code alone, and who wrote a link is told by no id. */
function asSeen(html: string): string {
  const parts = html.replace(/#comment-[\da-f-]{36}/g, '#comment').split(/(<pre>.*?<\/pre>)/s);
  return parts
    .map((part) => (part.startsWith('<pre>') ? part : part.replace(/\s+/g, ' ').replaceAll('> <', '><')))
    .join('')
    .trim();
}
