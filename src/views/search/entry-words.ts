import { indexedWords } from '../../../libs/search/index.ts';
import { spanAt } from './item-numbers.ts';
import { unpacked } from './packed-words.ts';
import { KIND } from './search.schema.ts';

/** A row of `item`. */
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

/** What the index has of an item; between its texts stand the words by which lists are narrowed. */
export function entryWords({ n, kind, post, author, title, body, names }: SearchItem): string {
  const kindWords = kind === BigInt(KIND.post) ? [POSTS_WORD] : [];
  const words = body === null ? '' : indexedWords(unpacked(body));
  return [
    ...kindWords,
    spanWord(spanAt(n)),
    indexedWords(title),
    postWord(post),
    words,
    authorWord(author),
    names,
  ].join(' ');
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
