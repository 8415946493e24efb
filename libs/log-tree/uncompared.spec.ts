import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { EMPTY_ROOT, newSigner, newSignerKey, signCheckpoint, toBase64 } from '../transparency/index.ts';
import { keptBefore, uncompared, unreadableKept } from './uncompared.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-kept-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const keepTree = (size: number): void =>
  writeFileSync(join(dir, 'head.json'), JSON.stringify({ format: 1, size, root: toBase64(EMPTY_ROOT) }));
function keepSigned(...sizes: readonly number[]): void {
  const signer = newSigner(newSignerKey('forum.example/colloquy'));
  const lines = sizes.map((size) => {
    const note = signCheckpoint({ size, root: EMPTY_ROOT }, signer);
    return `${JSON.stringify({ at: '2026-01-01T00:00:00.000Z', note })}\n`;
  });
  writeFileSync(join(dir, 'checkpoints'), lines.join(''));
}
const said = (head = 7n, tellsKey = true): string | null => uncompared(keptBefore(dir), { head, tellsKey });

test('given tree and checkpoint, or an empty log, says nothing', () => {
  expect(said(0n)).toBeNull();
  keepTree(7);
  keepSigned(0, 5);
  expect(said()).toBeNull();
});

test('given emptied checkpoints, or one of the empty log alone, says that nothing signed was kept', () => {
  keepTree(7);
  const words = 'nothing signed was kept of the log: it is compared with its tree alone';
  expect(said()).toBe(words);
  keepSigned();
  expect(said()).toBe(words);
  keepSigned(0);
  expect(said()).toBe(words);
});

test('given checkpoints without a tree, says that the tree is made anew', () => {
  keepSigned(5, 3);
  expect(said()).toBe('the tree is made anew: the log is compared with a checkpoint of 5 events alone');
});

test('given a log and nothing else, says that nothing was kept', () => {
  const words = 'nothing was kept of the log, neither tree nor signed checkpoint: an earlier state cannot be compared';
  expect(said()).toBe(words);
});

test('given a log that tells of no change of its key, says that its key cannot be compared unless something signed was kept', () => {
  expect(said(0n, false)).toBeNull();
  expect(said(7n, false)).toMatch(
    /^nothing was kept of the log, .*; which key the log was signed with is not known here/,
  );
  keepTree(7);
  expect(said(7n, false)).toMatch(/with its tree alone; which key/);
  keepSigned(5);
  expect(said(7n, false)).toBeNull();
});

test('given a head or lines that are none, names them', () => {
  keepTree(7);
  keepSigned(3, 5);
  expect(unreadableKept(keptBefore(dir))).toBeNull();
  appendFileSync(join(dir, 'checkpoints'), '{"at":"2026-01-01T00:00:00.000Z"}\nnothing\n{"at":"2026');
  writeFileSync(join(dir, 'head.json'), '{"size":7}');
  expect(unreadableKept(keptBefore(dir))).toBe(
    'cannot be read, so the log is not compared with what it said: tree/head.json, line 3 of tree/checkpoints, line 4 of tree/checkpoints, line 5 of tree/checkpoints',
  );
  expect(said()).toMatch(/^the tree is made anew/);
});
