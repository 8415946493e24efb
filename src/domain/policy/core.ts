import { type FoldedText, foldText } from './folded-text.ts';

/** The cores made last, since a judged text is asked for again when its author writes the next one. */
const cores = new Map<string, string>();
const MOST_CORES = 512;

/** The letters and digits of a text, by which a repetition is recognised. */
export function coreOf(body: string): string {
  return cores.get(body) ?? coreOfFolded(foldText(body));
}

export function coreOfFolded({ original, folded }: FoldedText): string {
  const core = folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  if (cores.size >= MOST_CORES) cores.clear();
  cores.set(original, core);
  return core;
}
