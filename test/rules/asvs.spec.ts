import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { trusted } from '../../libs/kernel/index.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

/** The level of each requirement of a section of ASVS 5.0, in their order. */
const LEVELS = trusted<Readonly<Record<string, string>>>(JSON.parse(read('test/rules/asvs.json')));
const VERDICTS: readonly string[] = ['holds', 'does not apply', '**does not hold**'];

interface Row {
  readonly number: string;
  readonly level: string;
  readonly verdict: string;
  readonly how: string;
}

/** The requirements of levels 1 and 2, such as `1.2.3 1`. */
const asked = Object.entries(LEVELS).flatMap(([section, levels]) =>
  [...levels].flatMap((level, at) => (level === '3' ? [] : [`${section}.${at + 1} ${level}`])),
);

const text = read('docs/security/ASVS.md');
const rows: readonly Row[] = [...text.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| ([^|]+) \| (.+) \|$/gm)].map(
  ([, number = '', level = '', verdict = '', how = '']) => ({ number, level, verdict, how }),
);

/** The files that a row names. */
function filesIn(how: string): readonly string[] {
  const files = how.matchAll(
    /`((?:src|libs|test|docs|scripts|deploy)\/[\w./-]+|README\.md|Dockerfile|\.dockerignore)`/g,
  );
  return [...files].map(([, path = '']) => path);
}

describe('docs/security/ASVS.md', () => {
  test('knows how many requirements there are: the 70 and 183 of the first two levels', () => {
    const levels = Object.values(LEVELS).join('');
    expect(['1', '2', '3'].map((level) => levels.split(level).length - 1)).toEqual([70, 183, 92]);
  });

  test('has each requirement of the first two levels once, in their order, with its level', () => {
    expect(rows.map(({ number, level }) => `${number} ${level}`)).toEqual(asked);
  });

  test('has one of three verdicts on each, with words', () => {
    expect(rows.filter(({ verdict, how }) => !VERDICTS.includes(verdict) || how.length < 9)).toEqual([]);
  });

  test('names a file for each that holds, and no file that is not there', () => {
    expect(rows.filter(({ verdict, how }) => verdict === 'holds' && filesIn(how).length === 0)).toEqual([]);
    expect(rows.flatMap(({ how }) => filesIn(how)).filter((path) => !existsSync(resolve(root, path)))).toEqual([]);
  });

  test('says in its first words how many hold', () => {
    const counts = VERDICTS.map((wanted) => rows.filter(({ verdict }) => verdict === wanted).length);
    const [holds, not, failed] = counts;
    const said = new RegExp(
      `Of ${rows.length}\\s+requirements ${holds} hold, ${failed} do not hold or not in full, and ${not} do not apply`,
    );
    expect(text).toMatch(said);
  });
});
