/** The parts of the index of a suitcase: a search loads those of its words alone. */
export const SHARDS = 256;

/** Which part has a word: FNV-1a over its UTF-16 units. */
export function shardOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % SHARDS;
}

/** A text that can be found: a post, a comment, or a translation of one, in the order of their numbers. */
export type ShelvedText = readonly [
  kind: 'p' | 'c' | 't',
  /** The file with the place in it, from the folder of the suitcase. */
  href: string,
  /** Of the post. */
  title: string,
  /** The name that is shown, and the handle; empty for none. */
  name: string,
  handle: string,
  /** The day in words. */
  day: string,
  text: string,
  /** The language of the text (BCP 47), empty for none that is recorded; and that of the title. */
  language: string,
  locale: string,
  /** The host of the other site whose page the post is; empty or absent for the forum's own. */
  site?: string,
  /** Of a post that has one. */
  excerpt?: string,
];

/** By word, the numbers of the texts that have it, each as the distance from the one before. */
export type Shelf = Readonly<Record<string, readonly number[]>>;

/** What the files of a suitcase call, each with its name: a file that is opened without a server cannot be fetched, a script can be run. */
export const TAKE = 'colloquyTake';

export const shelfFile = (shard: number): string => `search/words-${shard}.js`;
export const textsFile = (chunk: number): string => `search/texts-${chunk}.js`;
export const proofsFile = (page: string): string => page.replace(/\.html$/, '.proofs.js');
