import { createRequire } from 'node:module';
import { cannotBeUnicode } from './impossible.ts';

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

/**
 * A text with its Burmese in Unicode: lines that are written for the font Zawgyi, which has other signs at the same code
 * points, are written anew where they have what Unicode cannot have; all others stay as they are. Takes a millisecond for
 * a thousand letters of Zawgyi.
 */
export function inUnicode(text: string): string {
  if (!BURMESE.test(text)) return text;
  return text.split('\n').map(lineInUnicode).join('\n');
}

function lineInUnicode(line: string): string {
  if (!BURMESE.test(line) || !cannotBeUnicode(line)) return line;
  zawgyi ??= loaded();
  return zawgyi.probability(line) > SURE ? zawgyi.toUnicode(line) : line;
}

function loaded(): Zawgyi {
  const { ZawgyiDetector }: MyanmarTools = read('myanmar-tools');
  const { zg2uni }: Rabbit = read('rabbit-node');
  const detector = new ZawgyiDetector();
  return { probability: (text) => detector.getZawgyiProbability(text), toUnicode: zg2uni };
}
