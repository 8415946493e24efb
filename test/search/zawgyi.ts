/**
 * `node test/search/zawgyi.ts FILE…`: how well Zawgyi is told, by files of right texts in Unicode, one a line. Each line, each three
 * of them as a comment, and each of their words is left as it is, else it is taken wrongly; and written in Zawgyi it is
 * written anew, else it is missed. Of files in other languages than Burmese only the first tells.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { inUnicode } from '../../libs/burmese/index.ts';

const { uni2zg }: typeof import('rabbit-node') = createRequire(import.meta.url)('rabbit-node');
const MYANMAR = /\p{Script=Myanmar}/u;

for (const file of process.argv.slice(2)) report(file);

function report(file: string): void {
  const lines = readFileSync(file, 'utf8').split('\n').filter(isMyanmar);
  const unparted = lines.map((line) => line.replaceAll(' ', ''));
  const comments = lines.flatMap((_, at) => (at % 3 === 2 ? [unparted.slice(at - 2, at + 1).join('\n')] : []));
  const words = [...new Set(lines.flatMap((line) => line.split(/[\s"()]+/u)))].filter(isMyanmar);
  process.stdout.write(`${basename(file)}\n`);
  for (const [name, texts] of Object.entries({ lines, unparted, comments, words })) {
    const wrong = texts.filter((text) => inUnicode(text) !== text);
    const zawgyi = texts.filter((text) => uni2zg(text) !== text).map((text) => uni2zg(text));
    const missed = zawgyi.filter((text) => inUnicode(text) === text);
    process.stdout.write(
      `  ${texts.length} ${name}: ${wrong.length} wrongly taken; ${missed.length} of ${zawgyi.length} missed\n`,
    );
    for (const text of wrong.slice(0, 5)) process.stdout.write(`    wrong: ${text}\n`);
  }
}

function isMyanmar(text: string): boolean {
  return MYANMAR.test(text);
}
