import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { countingViews } from '../../test/views/counting-views.ts';
import { openSqliteEventStore, type RecordedEvent } from '../event-store/index.ts';
import { deriveId } from '../kernel/index.ts';
import { openViews, reading, type Views } from './index.ts';
import type { ViewDefinition } from './port.ts';
import { ReadFiles } from './read-files.ts';
import { dropFile, openViewForWriting, readCheckpoint, viewFile } from './view-file.ts';
import { ViewWriter } from './view-writer.ts';

const WORKER = new URL('../../test/views/counting.worker.ts', import.meta.url);

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-checkpoints-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('the checkpoint of a view', () => {
  const [, eager] = countingViews;
  if (!eager) throw new Error('there are two counting views');
  const file = () => viewFile(dir, eager, 1);
  const writer = () => new ViewWriter(eager, file(), openViewForWriting(file(), eager));
  /** The content of the file, as another connection sees it. */
  const stored = () => {
    const db = new Database(file(), { readonly: true });
    try {
      return { ...readCheckpoint(db), rows: db.prepare('SELECT * FROM count').all().length };
    } finally {
      db.close();
    }
  };

  it('is written with rows alone; what the view does not fold moves its position, until it is saved or closed', () => {
    const view = writer();
    view.fold([event(1n, 'Seen.v1'), event(2n, 'Other.v1')], 2n);
    expect(view.fold([event(3n, 'Other.v1'), event(4n, 'Other.v1')], 5n)).toEqual([]);
    expect(view.position).toBe(5n);
    expect(stored()).toEqual({ position: 2n, last: { id: '2', position: 2n }, rows: 1 });

    view.save();
    expect(stored()).toEqual({ position: 5n, last: { id: '4', position: 4n }, rows: 1 });

    view.fold([], 9n);
    view.close();
    expect(stored()).toEqual({ position: 9n, last: { id: '4', position: 4n }, rows: 1 });
  });

  it('is not written where what the view folds changes no row', () => {
    const project = (): undefined => undefined;
    const still: ViewDefinition = { ...eager, open: () => Object.assign(project, { flush: () => ['told'] }) };
    const view = new ViewWriter(still, file(), openViewForWriting(file(), still));
    expect(view.fold([event(1n, 'Seen.v1')], 1n)).toEqual(['told']);
    expect(view.position).toBe(1n);
    expect(stored()).toEqual({ position: 0n, last: null, rows: 0 });

    view.close();
    expect(stored()).toEqual({ position: 1n, last: { id: '1', position: 1n }, rows: 0 });
  });

  it('lags after a crash, and what is read again leaves the same rows', () => {
    const all = [event(1n, 'Seen.v1'), event(2n, 'Other.v1'), event(3n, 'Other.v1'), event(4n, 'Seen.v1')];
    const crashed = writer();
    crashed.fold(all.slice(0, 1), 1n);
    crashed.fold(all.slice(1, 3), 3n);

    const again = writer();
    expect(again.position).toBe(1n);
    expect(again.fold(all, 4n)).toEqual(['stream-4']);
    again.close();
    expect(stored()).toEqual({ position: 4n, last: { id: '4', position: 4n }, rows: 2 });
    crashed.close();
  });
});

describe('a view whose file says less than it has come to', () => {
  let views: Views;
  let close: () => Promise<void>;
  let append: (type: string, data?: string) => Promise<bigint>;
  let events = 0;

  beforeEach(async () => {
    const log = join(dir, 'log.db');
    const store = await openSqliteEventStore({ file: log });
    views = await openViews({ dir: join(dir, 'views'), log, worker: WORKER });
    await views.ready();
    close = async () => {
      await views.close();
      await store.close();
    };
    append = async (type, data = 'nothing') => {
      const stream = `stream-${(events += 1)}`;
      const origin = { actor: 'system', correlationId: deriveId(stream), causationId: null };
      const occurredAt = '2015-10-01T00:00:00.000Z';
      const appended = { id: deriveId(stream), type, data, sealed: null, occurredAt, ...origin };
      return (await store.append(stream, [appended], 'no-stream')).position;
    };
  });
  afterEach(() => close());

  const seen = (view: string) => reading(views.db(view), (_, position) => position);

  it('answers the position that it shows, and is verified there', async () => {
    const there = join(dir, 'there');
    writeFileSync(there, '');
    await views.reached(await append('Seen.v1'));
    const last = await append('Crash.v1', there);
    await views.reached(last);

    expect([seen('careful'), seen('eager')]).toEqual([last, last]);
    expect(await views.verify('eager')).toMatchObject({ position: last, equal: true });
  });
});

it('a view that is served from its file again, by a projector that begins at the checkpoint, never goes back in position', () => {
  const [careful] = countingViews;
  if (!careful) throw new Error('there is a counting view');
  const name = viewFile(dir, careful, 1);
  openViewForWriting(name, careful).close();
  const files = new ReadFiles();
  const state = { name: 'careful', version: 2, building: false, stopped: null };
  const positions = (position: bigint) => files.told([{ ...state, position }]).map((view) => view.position);
  const seen = () => reading(files.db('careful'), (_, position) => position);

  files.open({ view: 'careful', file: name });
  expect([positions(5n), seen()]).toEqual([[5n], 5n]);
  files.open({ view: 'careful', file: name });
  expect([positions(2n), seen()]).toEqual([[5n], 5n]);
  expect([positions(6n), seen()]).toEqual([[6n], 6n]);

  files.close('careful');
  files.open({ view: 'careful', file: name });
  expect([positions(1n), seen()]).toEqual([[1n], 1n]);
  files.close();
});

it('a file that is served is opened when somebody asks for it, at the position that was told before; one that is gone is being built', () => {
  const [careful] = countingViews;
  if (!careful) throw new Error('there is a counting view');
  const name = viewFile(dir, careful, 1);
  openViewForWriting(name, careful).close();
  const files = new ReadFiles();
  const state = { name: 'careful', version: 2, building: false, stopped: null, position: 7n };

  files.open({ view: 'careful', file: name });
  expect(files.told([state])).toEqual([state]);
  expect(reading(files.db('careful'), (_, position) => position)).toBe(7n);
  files.close();

  files.open({ view: 'careful', file: name });
  dropFile(name);
  expect(() => files.db('careful')).toThrow(expect.objectContaining({ code: 'not_caught_up', retryAfterSeconds: 2 }));
});

function event(position: bigint, type: string): RecordedEvent {
  const times = { recordedAt: '2015-10-01T00:00:00.000Z', occurredAt: '2015-10-01T00:00:00.000Z' };
  const origin = { actor: 'system', correlationId: 'test', causationId: null };
  const place = { id: `${position}`, stream: `stream-${position}`, revision: 0n, position };
  return { ...place, type, ...times, ...origin, data: null, sealed: null };
}
