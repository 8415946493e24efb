import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { digestOfSources } from '../../scripts/made-of.mjs';

const OTHERS = ['package-lock.json', 'tsconfig.build.json', 'scripts/build-server.mjs', 'bin/run-program.cjs'];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'colloquy-made-of-'));
  for (const room of ['src/web', 'libs', 'scripts', 'bin']) mkdirSync(join(root, room), { recursive: true });
  for (const path of ['src/cli.ts', 'src/web/en.json', 'src/cli.spec.ts', 'libs/a.ts', ...OTHERS]) write(path, path);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, text: string): void => writeFileSync(join(root, path), text);

test('of other sources there is another digest, of other tests there is none, and it is the same in every folder', () => {
  const before = digestOfSources(root);
  write('src/cli.spec.ts', 'another test');
  expect(digestOfSources(`${root}/`)).toBe(before);
  const copy = `${root}-copy`;
  cpSync(root, copy, { recursive: true });
  expect(digestOfSources(copy)).toBe(before);
  rmSync(copy, { recursive: true, force: true });
  const seen = new Set([before]);
  for (const path of ['src/cli.ts', 'src/web/en.json', 'libs/a.ts', 'libs/new.ts', ...OTHERS]) {
    write(path, 'other words');
    seen.add(digestOfSources(root));
  }
  expect(seen.size).toBe(5 + OTHERS.length);
});
