import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { openSqliteEventStore } from '../event-store/index.ts';
import { deriveId } from '../kernel/index.ts';
import { openViews, statement, type Views } from './index.ts';

const WORKER = new URL('../../test/views/counting.worker.ts', import.meta.url);
const EVENTS = 9;
const MISSING = 6n;
const counted = statement<{ stream: string }>('SELECT stream FROM count ORDER BY stream');

let dir: string;
let views: Views;
let problems: string[];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-torn-'));
  problems = [];
});
afterEach(async () => {
  await views.close();
  rmSync(dir, { recursive: true });
});

async function append(from: number, to: number): Promise<void> {
  const store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  for (let at = from; at <= to; at += 1) {
    const stream = `stream-${at}`;
    const event = { id: deriveId(stream), type: 'Seen.v1', data: null, sealed: null, actor: 'system' };
    const envelope = { occurredAt: '2015-10-01T00:00:00.000Z', correlationId: deriveId(stream), causationId: null };
    await store.append(stream, [{ ...event, ...envelope }], 'no-stream');
  }
  await store.close();
}

function tear(): void {
  const db = new Database(join(dir, 'log.db'));
  db.prepare('DELETE FROM events WHERE position = ?').run(MISSING);
  db.close();
}

async function open(): Promise<Views> {
  views = await openViews({
    dir: join(dir, 'views'),
    log: join(dir, 'log.db'),
    worker: WORKER,
    onProblem: (reason) => problems.push(reason),
  });
  return views;
}

async function standing(): Promise<void> {
  while (!views.state().every(({ stopped }) => stopped)) await new Promise((resolve) => setTimeout(resolve, 20));
}

const due = ['careful', 'eager'].map((name) =>
  expect.objectContaining({
    name,
    position: MISSING - 1n,
    building: false,
    stopped: { position: MISSING, reason: expect.stringContaining(`there is no event at position ${MISSING}`) },
  }),
);
const before = Array.from({ length: Number(MISSING) - 1 }, (_, index) => ({ stream: `stream-${index + 1}` }));

describe('the views of a log with a gap', () => {
  it('that are built anew stand still before it, and say which event is missing', async () => {
    await append(1, EVENTS);
    tear();
    await open();
    await standing();
    expect(views.state()).toEqual(due);
    for (const view of ['careful', 'eager']) expect(counted(views.db(view)).all()).toEqual(before);
    expect(problems).toEqual([expect.stringContaining('log.db: there is no event at position 6')]);
  });

  it('that were there already stand still before it too', async () => {
    await append(1, 3);
    await (await open()).ready();
    await views.close();
    await append(4, EVENTS);
    tear();
    await open();
    await standing();
    expect(views.state()).toEqual(due);
    for (const view of ['careful', 'eager']) expect(counted(views.db(view)).all()).toEqual(before);
  });
});
