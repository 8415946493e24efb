import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { changeByHand } from '../../test/support/log-by-hand.ts';
import { newEvents, newStream } from '../event-store/contract/new-events.ts';
import type { LogReader } from '../event-store/index.ts';
import { eventLine, openSqliteEventReader, openSqliteEventStore, type RecordedEvent } from '../event-store/index.ts';
import type { Json } from '../kernel/index.ts';
import {
  entryText,
  type HashText,
  hashBytes,
  hashText,
  leafText,
  TreeBuilder,
  treeRoot,
} from '../transparency/index.ts';
import { followLog, Hurry } from './follow-log.ts';
import { KeptTree, readHead } from './kept-tree.ts';
import type { FromTree } from './messages.ts';
import { TreeMismatch } from './tree-mismatch.ts';
import { TreeWriter } from './tree-writer.ts';

let dir: string;
let log: string;
let tree: string;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-tree-'));
  [log, tree] = [join(dir, 'log.db'), join(dir, 'tree')];
});
afterEach(() => rmSync(dir, { recursive: true }));

async function record(...counts: readonly number[]): Promise<void> {
  const store = await openSqliteEventStore({ file: log });
  for (const count of counts) await store.append(newStream(), newEvents(count), 'no-stream');
  await store.close();
}

const alter = (position: number, change: (event: RecordedEvent) => Partial<RecordedEvent>): void => {
  const db = new Database(log);
  changeByHand(db, position, change);
  db.close();
};

const sql = (text: string): void => {
  const db = new Database(log);
  db.exec(text);
  db.close();
};

/** Lets the tree follow the log until both were compared. Throws the error of following. */
async function follow({ whole = true, over = (reader: LogReader): LogReader => reader } = {}): Promise<FromTree[]> {
  const reader = openSqliteEventReader({ file: log });
  const [told, end, hurry]: [FromTree[], AbortController, Hurry] = [[], new AbortController(), new Hurry()];
  const tell = (message: FromTree): void => {
    told.push(message);
    if (message.kind !== 'compared') return;
    end.abort();
    hurry.ask();
  };
  try {
    const writer = new TreeWriter(tree);
    const following = { log: over(reader), tree: writer, whole, tell, hurry, signal: end.signal };
    await followLog(following).finally(() => writer.close());
  } finally {
    await reader.close();
  }
  return told;
}

/** Follows on after the first comparison, at which the files are changed; gives the fault that is found. */
async function foundLater(change: () => void): Promise<TreeMismatch> {
  const reader = openSqliteEventReader({ file: log });
  const writer = new TreeWriter(tree);
  const tell = (message: FromTree): void => {
    if (message.kind === 'compared') change();
  };
  const { signal } = new AbortController();
  const following = { log: reader, tree: writer, whole: true, tell, hurry: new Hurry(), againMs: 1, signal };
  const error = await followLog(following)
    .finally(() => writer.close())
    .catch((fault: unknown) => fault);
  await reader.close();
  if (error instanceof TreeMismatch) return error;
  throw new Error(`no mismatch but ${String(error)}`);
}

/** Levels whose hashes no file has: they are made of the leaves. */
const BELOW = 3;

const mismatch = async (options = {}): Promise<TreeMismatch> => {
  const error = await follow(options).catch((fault: unknown) => fault);
  if (error instanceof TreeMismatch) return error;
  throw new Error(`no mismatch but ${String(error)}`);
};

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();

/** RFC 6962, section 2.1, word for word. */
function rootOf(entries: readonly Uint8Array[]): Buffer {
  const [first, ...more] = entries;
  if (first === undefined) return sha256('');
  if (more.length === 0) return sha256(Buffer.of(0), first);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Buffer.of(1), rootOf(entries.slice(0, k)), rootOf(entries.slice(k)));
}

async function events(): Promise<RecordedEvent[]> {
  const reader = openSqliteEventReader({ file: log });
  const all: RecordedEvent[] = [];
  for await (const event of reader.readAll()) all.push(event);
  await reader.close();
  return all;
}

/** The trusted peaks of the tree, made from the log alone. */
async function peaks(): Promise<HashText> {
  const builder = new TreeBuilder();
  for (const event of await events()) builder.add(leafText(entryText(eventLine(event))));
  return builder.peaks();
}

/** The tree holds each event of the log, in order, under the root that the RFC gives. */
async function expectWhole(): Promise<void> {
  const all = await events();
  const entries = all.map((event) => sha256(eventLine(event)));
  const kept = new KeptTree(tree);
  const leaves = kept.leaves(0, all.length + 1).map(({ position, entry }) => ({ position, entry: Buffer.from(entry) }));
  expect(leaves).toEqual(all.map(({ position }, at) => ({ position, entry: entries[at] })));
  for (const size of [1, 2, 3, all.length - 1, all.length]) {
    expect(Buffer.from(treeRoot(size, kept.read))).toEqual(rootOf(entries.slice(0, size)));
  }
  expect(readHead(tree)).toEqual({ size: all.length, root: new Uint8Array(rootOf(entries)) });
  expect(kept.indexOf(all[4]?.position ?? 0n, all.length)).toBe(4);
  expect(kept.indexOf(0n, all.length)).toBeUndefined();
  const last = all.at(-1)?.position ?? 0n;
  expect([0n, 1n, last, last * 2n].map((at) => kept.around(at, all.length))).toEqual([
    { floor: 0n, ceiling: 1n },
    { floor: 1n, ceiling: 1n },
    { floor: last, ceiling: last },
    { floor: last, ceiling: undefined },
  ]);
  kept.close();
}

describe('a tree that follows its log', () => {
  it('holds each event, goes on where it ended, and compares what it had', async () => {
    await record(5, 1, 2_000);
    expect((await follow()).at(-1)).toEqual({ kind: 'compared', events: 0, missing: 0 });
    await expectWhole();
    await record(3);
    const told = await follow();
    expect(told.filter(({ kind }) => kind === 'grown')).toEqual([
      { kind: 'grown', size: 2_009, position: 2_009n, peaks: await peaks(), caughtUp: true },
    ]);
    expect(told.at(-1)).toEqual({ kind: 'compared', events: 2_006, missing: 0 });
    await expectWhole();
  });

  it.each([
    ['leaves', 7],
    ['leaves', 100],
    ['nodes', 1],
    ['nodes', 64],
  ])('given %s without its last %d bytes, makes the tail again', async (file, bytes) => {
    await record(20);
    await follow();
    truncateSync(join(tree, file), statSync(join(tree, file)).size - bytes);
    await follow();
    await expectWhole();
  });

  it('given a tail that never came to disk, makes it again', async () => {
    await record(20);
    await follow();
    appendFileSync(join(tree, 'leaves'), Buffer.alloc(77));
    appendFileSync(join(tree, 'nodes'), Buffer.alloc(77));
    await record(3);
    await follow();
    await expectWhole();
  });
});

describe('a log that is not what its tree has', () => {
  beforeEach(async () => {
    await record(4, 30);
    await follow();
  });
  const leavesNow = (): Buffer => readFileSync(join(tree, 'leaves'));

  it('given an event that is altered or taken away later, of before the start or after it, names it without a restart', async () => {
    await record(4);
    await follow();
    await record(4);
    for (const position of [2, 7]) {
      let data: Json = null;
      const found = await foundLater(() =>
        alter(position, (event) => {
          data = event.data;
          return { data: { other: data } };
        }),
      );
      expect(found.message).toBe(`the event at position ${position} was altered since it was recorded`);
      alter(position, () => ({ data }));
    }
    expect((await foundLater(() => sql('DELETE FROM events WHERE position = 8'))).message).toBe(
      'the event at position 8 is missing in the log',
    );
  });

  it('given leaf and hashes that are altered together later, says that the files were changed', async () => {
    const found = await foundLater(() => {
      const other = new TreeBuilder();
      const leaves = leavesNow();
      leaves.write('other', 3 * 40 + 8);
      const entries = Array.from({ length: 34 }, (_, at) => leaves.subarray(at * 40 + 8, (at + 1) * 40));
      const hashes = entries.map((entry) => other.add(leafText(hashText(entry))).slice(BELOW * 32)).join('');
      writeFileSync(join(tree, 'leaves'), leaves);
      writeFileSync(join(tree, 'nodes'), hashBytes(hashes));
    });
    expect(found.message).toBe("the tree's files were changed: 34 events have another root than they had");
  });

  it('goes on comparing where a restart has cut it off, and then compares what stands before', async () => {
    await record(2_966);
    await follow();
    writeFileSync(join(tree, 'compared'), '2000\n');
    const froms: (bigint | undefined)[] = [];
    const over = (reader: LogReader): LogReader => ({
      subscribe: (options) => reader.subscribe(options),
      head: () => reader.head(),
      close: () => reader.close(),
      readAll: (options = {}) => {
        if (options.limit === undefined) froms.push(options.after);
        return reader.readAll(options);
      },
    });
    expect((await follow({ over })).find(({ kind }) => kind === 'compared')).toMatchObject({ events: 3_000 });
    expect(froms).toEqual([2_000n, undefined]);
    expect(readFileSync(join(tree, 'compared'), 'utf8')).toBe('0\n');
  });

  it('given an altered event, names it and leaves the tree as it is', async () => {
    const leaves = leavesNow();
    alter(17, () => ({ data: { index: 99 } }));
    expect((await mismatch()).position).toBe(17n);
    expect((await mismatch()).message).toContain('position 17 was altered');
    expect(leavesNow()).toEqual(leaves);
  });

  it.each([
    [0, 8n],
    [1, 16n],
    [2, 16n],
    [3, 24n],
    [5, 32n],
    [6, 32n],
  ])('given another bit in its hash %d, says so before it reads the log', async (place, at) => {
    const hashes = readFileSync(join(tree, 'nodes'));
    hashes.writeUInt8(hashes.readUInt8(place * 32 + 3) ^ 4, place * 32 + 3);
    writeFileSync(join(tree, 'nodes'), hashes);
    let readings = 0;
    const over = (reader: LogReader): LogReader => ({
      subscribe: (options) => reader.subscribe(options),
      head: () => reader.head(),
      close: () => reader.close(),
      readAll: (options) => {
        if (options?.limit === undefined) readings += 1;
        return reader.readAll(options);
      },
    });
    const { position, message } = await mismatch({ over });
    expect(message).toMatch(/^the tree's files were changed: /);
    expect(position).toBe(at);
    expect(readings).toBe(0);
  });

  it('given an altered last event, adds nothing to it', async () => {
    alter(34, () => ({ actor: 'another' }));
    await record(2);
    const leaves = leavesNow();
    expect((await mismatch()).position).toBe(34n);
    expect(leavesNow()).toEqual(leaves);
  });

  it('given one that ends earlier, names its end', async () => {
    sql('DELETE FROM events WHERE position > 30');
    const { position, message } = await mismatch();
    expect([position, message]).toEqual([30n, expect.stringContaining('shorter')]);
  });

  it('given an event that is gone, names it; a database may have forgotten it', async () => {
    sql('DELETE FROM events WHERE position = 9');
    expect((await mismatch()).position).toBe(9n);
    expect((await follow({ whole: false })).at(-1)).toEqual({ kind: 'compared', events: 33, missing: 1 });
  });

  it('given an event that was put in, names it', async () => {
    const over = (reader: LogReader): LogReader => ({
      subscribe: (options) => reader.subscribe(options),
      head: () => reader.head(),
      close: () => reader.close(),
      readAll: (options) => (options?.limit === undefined ? doubled(reader.readAll()) : reader.readAll(options)),
    });
    async function* doubled(all: AsyncIterable<RecordedEvent>): AsyncIterable<RecordedEvent> {
      for await (const event of all) {
        yield event.position === 6n ? { ...event, position: 5n } : event;
        if (event.position === 6n) yield event;
      }
    }
    expect((await mismatch({ over })).position).toBe(5n);
  });

  it('given leaves that were lost, and an event altered among them, does not make them anew', async () => {
    truncateSync(join(tree, 'leaves'), 10 * 40);
    alter(17, () => ({ data: { index: 99 } }));
    expect((await mismatch()).position).toBe(34n);
    expect((await mismatch()).position).toBe(34n);
  });

  it('given an altered leaf or root, says that the files were changed', async () => {
    const leaves = leavesNow();
    const altered = Buffer.from(leaves);
    altered.writeUInt8(1 ^ altered.readUInt8(18 * 40 + 20), 18 * 40 + 20);
    writeFileSync(join(tree, 'leaves'), altered);
    expect((await mismatch()).position).toBe(24n);
    const last = Buffer.from(leaves);
    last.writeUInt8(1 ^ last.readUInt8(33 * 40 + 20), 33 * 40 + 20);
    writeFileSync(join(tree, 'leaves'), last);
    expect((await mismatch()).message).toContain("tree's files were changed");
    writeFileSync(join(tree, 'leaves'), leaves);
    const head = readFileSync(join(tree, 'head.json'), 'utf8');
    writeFileSync(join(tree, 'head.json'), head.replace('"size":34', '"size":33'));
    const { position, message } = await mismatch();
    expect([position, message]).toEqual([null, expect.stringContaining("tree's files were changed")]);
  });
});

describe('a folder of the version that kept all hashes', () => {
  /** Brings the folder to what that version had written of the log. */
  function asEarlier(): void {
    const [builder, kept] = [new TreeBuilder(), readFileSync(join(tree, 'leaves'))];
    const entries = Array.from({ length: kept.length / 40 }, (_, at) => kept.subarray(at * 40 + 8, (at + 1) * 40));
    const hashes = entries.map((entry) => builder.add(leafText(hashText(entry)))).join('');
    rmSync(join(tree, 'nodes'));
    writeFileSync(join(tree, 'hashes'), hashBytes(hashes));
  }
  beforeEach(async () => {
    await record(3_001, 30);
    await follow();
  });

  it('is read as it is, and taken over with the same hashes when it is written to', async () => {
    const nodes = readFileSync(join(tree, 'nodes'));
    asEarlier();
    await expectWhole();
    await record(9);
    expect((await follow()).at(-1)).toMatchObject({ kind: 'compared', events: 3_031 });
    await expectWhole();
    expect(existsSync(join(tree, 'hashes'))).toBe(false);
    expect(readFileSync(join(tree, 'nodes')).subarray(0, nodes.length)).toEqual(nodes);
  });

  it('counts before what stands beside it, which that version did not write on', async () => {
    const nodes = readFileSync(join(tree, 'nodes'));
    asEarlier();
    writeFileSync(join(tree, 'nodes'), Buffer.concat([Buffer.alloc(64), nodes.subarray(64)]));
    await follow();
    await expectWhole();
    expect(readFileSync(join(tree, 'nodes'))).toEqual(nodes);
  });

  it.each([1, 32 * 500])('that lacks its last %d bytes is made whole from the log', async (bytes) => {
    asEarlier();
    truncateSync(join(tree, 'hashes'), statSync(join(tree, 'hashes')).size - bytes);
    await follow();
    await expectWhole();
  });

  it('with another bit in a hash is found out', async () => {
    asEarlier();
    const hashes = readFileSync(join(tree, 'hashes'));
    hashes.writeUInt8(hashes.readUInt8(14 * 32) ^ 4, 14 * 32);
    writeFileSync(join(tree, 'hashes'), hashes);
    expect((await mismatch()).position).toBe(8n);
  });
});
