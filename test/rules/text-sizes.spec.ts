import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
/** In pixels; smaller letters are read by few. */
const LEAST = 12;
/** Of a browser that nobody has set, which is less than the pages' own. */
const REM = 16;

/** The sizes of text in a style sheet that are smaller, as they are written there. */
function tooSmall(css: string): readonly string[] {
  const sizes = [...css.matchAll(/font-size:\s*([\d.]+)(px|rem)/g)];
  return sizes
    .filter(([, amount, unit]) => Number(amount) * (unit === 'rem' ? REM : 1) < LEAST)
    .map(([written]) => written);
}

test('no text is smaller than 12 px', () => {
  expect(tooSmall('a{font-size: 11px}b{font-size:0.7rem}c{font-size:0.75rem}')).toEqual([
    'font-size: 11px',
    'font-size:0.7rem',
  ]);
  const listed = execFileSync('git', ['ls-files', '-z', '--', 'src/web/*.css'], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\0').filter(Boolean);
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((file) => tooSmall(readFileSync(resolve(root, file), 'utf8')))).toEqual([]);
});
