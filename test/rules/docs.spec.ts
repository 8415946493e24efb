import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
  'docs/SECURITY.md',
  'docs/security/ASVS.md',
  'docs/security/THREATS.md',
  'docs/BENCHMARKS.md',
  'docs/EVENTS.md',
  ...readdirSync(resolve(root, 'docs/adr')).map((name) => `docs/adr/${name}`),
];

/** The paths of this project that a document names, in code spans and in the words of its Mermaid drawings. */
function pathsIn(text: string): readonly string[] {
  const drawings = [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, drawing]) => drawing ?? '').join('\n');
  const found = [
    ...text.matchAll(/`((?:src|libs|test|docs|scripts|bin)\/[\w./-]+)`/g),
    ...drawings.matchAll(/\b((?:src|libs|test|docs|scripts|bin)\/[\w./-]*\w)/g),
  ];
  return found.map(([, name]) => name ?? '');
}

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

  test('names only folders and files that are there, in drawings too', () => {
    expect(pathsIn(read(path)).filter((name) => !existsSync(resolve(root, name)))).toEqual([]);
  });

  test('names only npm scripts that are there', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const named = [...read(path).matchAll(/npm run (?:-s )?([a-z][\w:]*)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('docs/ARCHITECTURE.md', () => {
  test('draws the way of a comment with the files that it passes', () => {
    const [drawing = ''] = /```mermaid[\s\S]*?```/.exec(read('docs/ARCHITECTURE.md')) ?? [];
    expect(pathsIn(drawing).filter((name) => /\.tsx?$/.test(name)).length).toBeGreaterThanOrEqual(15);
  });

  test('has a row for every folder of src and libs', () => {
    const { rooms = '' } = /## Rooms(?<rooms>[\s\S]*?)\n## /.exec(read('docs/ARCHITECTURE.md'))?.groups ?? {};
    const folders = ['src', 'libs'].flatMap((top) =>
      readdirSync(resolve(root, top), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${top}/${name}`),
    );
    expect(folders.filter((folder) => !pathsIn(rooms).includes(folder))).toEqual([]);
  });
});
