import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SETTINGS } from '../../src/config.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8');

const DOCS = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/ARCHITECTURE.md',
  'docs/OPERATIONS.md',
  'docs/AUDIT.md',
  'docs/BENCHMARKS.md',
  'docs/EVENTS.md',
];

describe('README.md', () => {
  test('lists every setting with its default and meaning', () => {
    const rows = Object.values(SETTINGS).map(({ name, default: value, help }) => {
      return `| \`${name}\` | ${value === '' ? '' : `\`${value}\``} | ${help} |`;
    });
    const listed = read('README.md')
      .split('\n')
      .filter((line) => /^\| `[A-Z_]+` +\|/.test(line))
      .map((line) => line.replaceAll(/ +\|/g, ' |').replace(/\| \|/, '|  |'));
    expect(listed).toEqual(rows);
  });
});

describe.each(DOCS)('%s', (path) => {
  test('leads only to files that are there', () => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, target]) => target ?? '');
    expect(links.filter((target) => !existsSync(resolve(root, dirname(path), target)))).toEqual([]);
  });

  test('names only folders and files that are there', () => {
    const named = [...read(path).matchAll(/`((?:src|libs|test|docs|scripts|bin)\/[\w./-]+)`/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named.filter((name) => !existsSync(resolve(root, name)))).toEqual([]);
  });

  test('names only npm scripts that are there', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const named = [...read(path).matchAll(/npm run (?:-s )?([a-z][\w:]*)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
