import { type FoldedText, foldText } from './folded-text.ts';

/** Cores that were made last, since a text that was judged is asked for again when its author writes the next one. */
const cores = new Map<string, string>();
const MOST_CORES = 512;

/** A text's letters and digits alone, by which a repeat is known. */
export function coreOf(body: string): string {
  return cores.get(body) ?? coreOfFolded(foldText(body));
}

export function coreOfFolded({ original, folded }: FoldedText): string {
  const core = folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  if (cores.size >= MOST_CORES) cores.clear();
  cores.set(original, core);
  return core;
}
