import type { SeenIn } from './subject.ts';
import { TextForms } from './text-forms.ts';

/** The cores made last, since a judged text is asked for again when its author writes the next one. */
const cores = new Map<string, string>();
const MOST_CORES = 512;

/** The letters and digits that readers see of a text, by which a repetition is recognised. */
export function coreOf(body: string, seenIn: SeenIn): string {
  return cores.get(body) ?? coreOfForms(body, new TextForms({ body, seenIn }));
}

export function coreOfForms(body: string, { asSeen }: TextForms): string {
  const core = asSeen.folded.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
  if (cores.size >= MOST_CORES) cores.clear();
  cores.set(body, core);
  return core;
}
