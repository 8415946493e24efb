import { wordsToIndex } from '../../../libs/search/index.ts';
import { spanAt } from './item-numbers.ts';
import { unpacked } from './packed-words.ts';
import { KIND } from './search.schema.ts';

/** A row of `item`, with the ids of its post and author. */
export interface SearchItem {
  readonly n: bigint;
  readonly id: Buffer;
  readonly kind: bigint;
  readonly post: Buffer;
  readonly author: Buffer | null;
  readonly shown: bigint;
  readonly title: string;
  readonly body: Buffer | null;
  readonly names: string;
}

/** What the index has of an item. */
export interface Entry {
  /** Between its texts stand the words by which lists are narrowed. */
  readonly words: string;
  readonly longWords: ReadonlySet<string>;
}

/** `kept` is the body as it was packed, by whoever still has it. */
export function searchEntryOf(item: SearchItem, kept = keptBody(item)): Entry {
  const { n, kind, post, author, names } = item;
  const [title, body] = [wordsToIndex(item.title), wordsToIndex(kept)];
  const kindWords = kind === BigInt(KIND.post) ? [POSTS_WORD] : [];
  const words = [
    ...kindWords,
    spanWord(spanAt(n)),
    title.indexed,
    postWord(post),
    body.indexed,
    authorWord(author),
    names,
  ].join(' ');
  return { words, longWords: title.long.size === 0 ? body.long : new Set([...title.long, ...body.long]) };
}

function keptBody({ body }: SearchItem): string {
  return body === null ? '' : unpacked(body);
}

/** Of posts; comments are all others. */
export const POSTS_WORD = 'k:p';

/** `-` is no part of a word. */
export function spanWord(span: bigint): string {
  return `t:${span.toString(36).replace('-', '_')}`;
}

export function postWord(post: Buffer): string {
  return `p:${post.toString('hex')}`;
}

export function authorWord(author: Buffer | null): string {
  return `a:${author?.toString('hex') ?? ''}`;
}
