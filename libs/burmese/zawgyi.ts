import { createRequire } from 'node:module';
import { partedByKept } from './kept-as-it-is.ts';
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
 * a millisecond for a thousand letters of Zawgyi.
 */
export function inUnicode(text: string): string {
  if (!BURMESE.test(text)) return text;
  return text.split('\n').map(lineInUnicode).join('\n');
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

function lineInUnicode(line: string): string {
  if (!BURMESE.test(line)) return line;
  const { words, kept } = partedByKept(line);
  const told = words.join(' ');
  if (!isOrderedForZawgyi(told)) return line;
  const { probability, toUnicode } = (zawgyi ??= loaded());
  if (!(probability(told) > SURE)) return line;
  return words.map((part, at) => `${toUnicode(part)}${kept[at] ?? ''}`).join('');
}

function loaded(): Zawgyi {
  const { ZawgyiDetector }: MyanmarTools = read('myanmar-tools');
  const { zg2uni }: Rabbit = read('rabbit-node');
  const detector = new ZawgyiDetector();
  return { probability: (text) => detector.getZawgyiProbability(text), toUnicode: zg2uni };
}
