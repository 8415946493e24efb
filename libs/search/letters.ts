import { endOfSigns, SIGN, signOf, unitsOf } from './signs.ts';

const [SARA_E, SARA_AA, SARA_AM, NIKHAHIT] = [0x0e40, 0x0e32, 0x0e33, 0x0e4d];
const [LAO_HO, LAO_NO, LAO_MO, LAO_AA, LAO_AM, NIGGAHITA] = [0x0eab, 0x0e99, 0x0ea1, 0x0eb2, 0x0eb3, 0x0ecd];
const [KHMER_BELOW, BURMESE_BELOW] = [0x17d2, 0x1039];

/**
 * Tells where each letter with its marks begins and ends. A letter below another (Khmer, Burmese) and Sara Am, in one or two parts,
 * belong to the one before, and two Sara E are one, as are Lao Ho and No or Mo, which have a letter together as well.
 */
export function eachLetter(text: string, start: number, end: number, tell: (start: number, end: number) => void): void {
  let at = start;
  while (at < end) {
    const code = text.codePointAt(at) ?? 0;
    if (signOf(code) & SIGN.isMark) at += unitsOf(code);
    else {
      const next = Math.min(end, letterEnd(text, at, code));
      tell(at, next);
      at = next;
    }
  }
}

function letterEnd(text: string, start: number, code: number): number {
  const first = start + (isOneWithNext(code, text.charCodeAt(start + 1)) ? 2 : unitsOf(code));
  let at = endOfSigns(text, SIGN.isMark, first);
  while (at < text.length && isBelow(text.charCodeAt(at - 1))) {
    at = endOfSigns(text, SIGN.isMark, at + unitsOf(text.codePointAt(at) ?? 0));
  }
  return endsInAa(text, at) ? at + 1 : at;
}

function isOneWithNext(code: number, next: number): boolean {
  return (code === SARA_E && next === SARA_E) || (code === LAO_HO && (next === LAO_NO || next === LAO_MO));
}

function isBelow(code: number): boolean {
  return code === KHMER_BELOW || code === BURMESE_BELOW;
}

/** Whether Sara Am goes on there, or its second part behind the first one and a tone. */
function endsInAa(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === SARA_AM || code === LAO_AM) return true;
  if (code === SARA_AA) return isBehind(text, at, NIKHAHIT);
  return code === LAO_AA && isBehind(text, at, NIGGAHITA);
}

/** Thai and Lao have their four tones five before the ring. */
function isBehind(text: string, at: number, ring: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (before === ring) return true;
  return before >= ring - 5 && before <= ring - 2 && text.charCodeAt(at - 2) === ring;
}
