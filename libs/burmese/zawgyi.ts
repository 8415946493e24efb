import { createRequire } from 'node:module';
import { type Parted, partedByKept } from './kept-as-it-is.ts';
import { isOrderedForZawgyi } from './order.ts';

type MyanmarTools = typeof import('myanmar-tools');
type Rabbit = typeof import('rabbit-node');

interface Zawgyi {
  /** Between 0 and 1; negative for a text without Burmese letters. */
  readonly probability: (text: string) => number;
  readonly toUnicode: (text: string) => string;
}

/** Reads the detector and the converter with the first line that may be in Zawgyi: they are no part of the program. */
const read = createRequire(import.meta.url);
let zawgyi: Zawgyi | null = null;

const BURMESE = /[\u1000-\u109f]/;
/** A line that is less surely in Zawgyi stays as it is: a right text that is changed is worse than one that is not. */
const SURE = 0.99;
/** What is only looked for, and not changed. */
const LIKELY = 0.5;

/**
 * A text with its Burmese in Unicode: lines that are written for the font Zawgyi, which has other signs at the same code
 * points, are written anew where their order tells it, but for their code and addresses; all others stay as they are. Takes
 * time in proportion to the length, however many lines, codes and addresses there are.
 */
export function inUnicode(text: string): string {
  if (!BURMESE.test(text)) return text;
  const lines = text.split('\n').map(zawgyiIn);
  const anew = writtenAnew(lines.flatMap((line) => (typeof line === 'string' ? [] : line.words)));
  if (anew.length === 0) return text;
  let next = 0;
  const told = ({ words, kept }: Parted): string =>
    words.map((_, at) => `${anew[next++] ?? ''}${kept[at] ?? ''}`).join('');
  return lines.map((line) => (typeof line === 'string' ? line : told(line))).join('\n');
}

/**
 * Everything that a search may mean, what is likelier first: a word alone may be Zawgyi, or one of another language, or both. It
 * then is looked for in each way.
 */
export function waysToRead(search: string): readonly string[] {
  if (!BURMESE.test(search)) return [search];
  const { probability, toUnicode } = (zawgyi ??= loaded());
  const mayBeZawgyi = probability(search) > LIKELY;
  return [...new Set([inUnicode(search), search, ...(mayBeZawgyi ? [toUnicode(search)] : [])])];
}

/** A line in its parts where it is in Zawgyi, else as it is. */
function zawgyiIn(line: string): string | Parted {
  if (!BURMESE.test(line)) return line;
  const parted = partedByKept(line);
  const told = parted.words.join(' ');
  if (!isOrderedForZawgyi(told)) return line;
  const { probability } = (zawgyi ??= loaded());
  return probability(told) > SURE ? parted : line;
}

/**
 * Stands between parts that are written anew together. The rules treat a zero of Burmese, which many write for the letter wa,
 * by what is beside it: before the break they see a line end, which they take as an end, behind it a digit, which is as a start.
 */
const BREAK = '\n\u1041';

/** Each part, which has no line end, as if it were written anew alone: the converter compiles its hundred rules for each call. */
function writtenAnew(parts: readonly string[]): readonly string[] {
  if (parts.length === 0) return parts;
  const { toUnicode } = (zawgyi ??= loaded());
  return toUnicode(parts.join(BREAK)).split(BREAK);
}

function loaded(): Zawgyi {
  const { ZawgyiDetector }: MyanmarTools = read('myanmar-tools');
  const { zg2uni }: Rabbit = read('rabbit-node');
  const detector = new ZawgyiDetector();
  return { probability: (text) => detector.getZawgyiProbability(text), toUnicode: zg2uni };
}
