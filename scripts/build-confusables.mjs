/**
 * Makes src/domain/member/confusables.ts of the data of the npm package unhomoglyph, which is Unicode's confusables.txt:
 *
 *   npm pack unhomoglyph@1.0.6 && tar xzf unhomoglyph-1.0.6.tgz
 *   node scripts/build-confusables.mjs package/data.json
 *
 * The package is needed for this alone, so it is no dependency.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const FILE = new URL('../src/domain/member/confusables.ts', import.meta.url);
const NAMES = /^[\p{L}\p{N}]$/u;

/** Scripts whose readers tell their own letters apart, which confusables.txt calls alike for the eyes of others. */
const TOLD_APART =
  'Thai Khmer Lao Myanmar Han Hangul Arabic Devanagari Bengali Tamil Telugu Kannada Malayalam Sinhala Tibetan'
    .split(' ')
    .map((script) => ({
      own: new RegExp(`\\p{Script=${script}}`, 'u'),
      whole: new RegExp(`^[\\p{Script=${script}}\\p{Script=Latin}\\p{Script=Common}\\p{Script=Inherited}]+$`, 'u'),
    }));

const { positionals } = parseArgs({ allowPositionals: true });
const [source] = positionals;
if (source === undefined) throw new Error('say where data.json of unhomoglyph is');
const data = Object.entries(JSON.parse(readFileSync(source, 'utf8')));
const byLook = new Map();
for (const [letter, look] of data) {
  if (isKept(letter, look)) byLook.set(look, (byLook.get(look) ?? '') + letter);
}
const lines = [...byLook].sort(([one], [other]) => (one < other ? -1 : 1)).map(([look, those]) => `${look} ${those}`);
const text = readFileSync(FILE, 'utf8');
writeFileSync(
  FILE,
  text.replace(/(?<=const LINES = `\n).*?(?=\n`;)/su, () => lines.join('\n')),
);

/** Of what can stand in a handle, all that NFKC does not change by itself; a backslash would be no letter in a template. */
function isKept(letter, look) {
  if (!NAMES.test(letter) || letter.normalize('NFKC') !== letter || look.includes('\\')) return false;
  return !TOLD_APART.some(({ own, whole }) => own.test(letter) && own.test(look) && whole.test(look));
}
