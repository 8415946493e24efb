import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EMPTY_ROOT, keysNamed, newSigner, newSignerKey, signCheckpoint } from '../transparency/index.ts';
import { damagedKept, newestKept } from './newest-kept.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-newest-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const ORIGIN = 'forum.example/colloquy';
const [own, former, strange] = [1, 2, 3].map(() => newSigner(newSignerKey(ORIGIN)));
if (!own || !former || !strange) throw new Error('three keys are needed');
const kept = (size: number, signer = own) => ({
  at: '2026-01-01T00:00:00.000Z',
  note: signCheckpoint({ size, root: EMPTY_ROOT }, signer),
});
const keep = (...lines: readonly (object | string)[]): void =>
  writeFileSync(
    join(dir, 'checkpoints'),
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );

test('given no checkpoint, or those of the keys, the newest is whole', () => {
  expect(newestKept(dir, [own])).toEqual({ whole: null, other: null, damaged: [] });
  keep(kept(3, former), kept(4));
  expect(newestKept(dir, [own, former])).toEqual({ whole: kept(4), other: null, damaged: [] });
  expect(newestKept(dir, keysNamed([own], 'former-name.example/colloquy')).whole).toEqual(kept(4));
});

test('given one byte of the newest that is another one, it is never of another key: it is damaged, or none at all', () => {
  const older = kept(3);
  const newest = kept(4);
  const line = JSON.stringify(newest);
  const from = line.indexOf(newest.note.slice(0, 10));
  for (let at = from; at < line.length; at += 1) {
    const altered = line.charAt(at) === 'A' ? 'B' : 'A';
    keep(older, `${line.slice(0, at)}${altered}${line.slice(at + 1)}`);
    const found = newestKept(dir, [own]);
    expect([at, found.whole, found.other]).toEqual([at, older, null]);
    expect([[], [2]]).toContainEqual(found.damaged);
  }
  keep(older, line.replace('\\n4\\n', '\\n5\\n'));
  expect(damagedKept(newestKept(dir, [own]))).toMatch(/^a checkpoint in tree\/checkpoints is damaged, line 2: /);
});

test('given one that another key has signed, it is not of the keys, whatever stands before it', () => {
  keep(kept(3), kept(4, strange));
  expect(newestKept(dir, [own])).toEqual({ whole: null, other: kept(4, strange), damaged: [] });
  expect(damagedKept(newestKept(dir, [own]))).toBeNull();
});

test('given damaged ones alone, all are told', () => {
  const lines = [3, 4].map((size) => JSON.stringify(kept(size)).replace(`\\n${size}\\n`, '\\n9\\n'));
  keep(...lines);
  const found = newestKept(dir, [own]);
  expect(found).toEqual({ whole: null, other: null, damaged: [2, 1] });
  expect(damagedKept(found)).toContain('line 2, and 1 before it:');
});
