import { indexedWords } from '../../../libs/search/index.ts';
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
export function entryWords({ kind, post, author, title, body, names }: SearchItem): string {
  const kindWord = kind === BigInt(KIND.post) ? KIND_WORDS.posts : KIND_WORDS.comments;
  const words = body === null ? '' : indexedWords(unpacked(body));
  return [kindWord, indexedWords(title), postWord(post), words, authorWord(author), names].join(' ');
}

export const KIND_WORDS = { posts: 'k:p', comments: 'k:c' } as const;

export function postWord(post: Buffer): string {
  return `p:${post.toString('hex')}`;
}

export function authorWord(author: Buffer | null): string {
  return `a:${author?.toString('hex') ?? ''}`;
}
