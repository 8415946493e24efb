import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { eventLine, type RecordedEvent } from '../../libs/event-store/index.ts';
import { deriveId } from '../../libs/kernel/index.ts';
import { TreeWriter } from '../../libs/log-tree/tree-writer.ts';
import { newSigner, RootBuilder, signerKey, signKeyChange, verifierKey } from '../../libs/transparency/index.ts';
import { ConfigError } from '../config.ts';
import { mustFollow } from './log-keys.ts';

const dir = mkdtempSync(join(tmpdir(), 'colloquy-log-keys-'));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const signer = (seed: number) => newSigner(signerKey('forum.example/colloquy', Buffer.alloc(32, seed)));
const [first, second, third] = [signer(1), signer(2), signer(3)];
const KEPT = 1_000;

const event = (position: number, data: object = {}): RecordedEvent => ({
  id: deriveId('e', position),
  stream: 'log-key',
  revision: 0n,
  position: BigInt(position),
  type: 'LogKeyChanged.v1',
  occurredAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
  actor: 'system',
  correlationId: deriveId('c', 1),
  causationId: null,
  data: JSON.parse(JSON.stringify(data)),
  sealed: null,
});

/** A log that was signed elsewhere and copied with the change of its key; it counts how many of its events are read. */
function copiedLog() {
  const elsewhere = new RootBuilder();
  for (let at = 1; at <= KEPT; at += 1) elsewhere.add(Buffer.from(`an event of another place ${at}`));
  const note = signKeyChange({ size: KEPT, root: elsewhere.root() }, first, second);
  const events = Array.from({ length: KEPT }, (_, at) => event(at + 1));
  const change = event(KEPT + 1, { from: verifierKey(first), to: verifierKey(second), note });
  const log = {
    read: 0,
    async *readStream() {
      yield change;
    },
    async *readAll() {
      for (const one of events) {
        log.read += 1;
        yield one;
      }
    },
  };
  return { log, all: [...events, change] };
}

test('a copied log with a key of its own is read for that at its first start alone', async () => {
  const { log, all } = copiedLog();
  await mustFollow(third, { log, dir });
  expect(log.read).toBe(KEPT);
  const tree = new TreeWriter(dir);
  tree.add(all);
  tree.close();
  await mustFollow(third, { log, dir });
  expect(log.read).toBe(KEPT);
});

test('a log whose tree has the root of the change is signed by the key that followed, or not at all', async () => {
  const tree = new TreeWriter(dir);
  const lines = new RootBuilder();
  const { log, all } = copiedLog();
  tree.add(all);
  tree.close();
  for (const one of all.slice(0, KEPT)) lines.add(Buffer.from(eventLine(one)));
  const note = signKeyChange({ size: KEPT, root: lines.root() }, first, second);
  const own = {
    ...log,
    async *readStream() {
      yield event(KEPT + 1, { from: verifierKey(first), to: verifierKey(second), note });
    },
  };
  await expect(mustFollow(third, { log: own, dir })).rejects.toThrow(ConfigError);
  await expect(mustFollow(first, { log: own, dir })).rejects.toThrow(ConfigError);
  expect(await mustFollow(second, { log: own, dir })).toHaveLength(1);
  expect(log.read).toBe(0);
});
