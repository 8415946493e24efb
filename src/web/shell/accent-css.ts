import { accentPair, washOf } from '../../../libs/words/index.ts';

/** The colours that are made of a forum's accent, as a style sheet for what the selector names. */
export function accentCss(accent: string, selector: string): string {
  const [colour, wash] = [accentPair(accent), washOf(accentPair(accent))];
  const colours = `--accent:light-dark(${colour.light},${colour.dark});--accent-wash:light-dark(${wash.light},${wash.dark})`;
  return `${selector}{${colours}}\n`;
}
