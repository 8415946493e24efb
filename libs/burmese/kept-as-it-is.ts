/** Code and addresses, which are no words of a language. */
const KEPT = /`[^`\n]+`|\bhttps?:\/\/(?:[^\s<>()`"]|\([^\s<>()`"]*\))+/gu;

/** A line as its words and what is to stay between them, in turn: the first is words, and so is the last. */
export interface Parted {
  readonly words: readonly string[];
  readonly kept: readonly string[];
}

export function partedByKept(line: string): Parted {
  return { words: line.split(KEPT), kept: line.match(KEPT) ?? [] };
}
