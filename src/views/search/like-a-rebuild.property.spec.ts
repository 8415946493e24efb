import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { ERASED } from '../../../libs/kernel/index.ts';
import { ViewBuild } from '../../../libs/projections/build.ts';
import { compareViews, type ViewDefinition } from '../../../libs/projections/index.ts';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { openingReader } from '../../../libs/vault/index.ts';
import { type SearchStep, searchedLog, searchSteps } from '../../../test/views/search-model.ts';
import { OPENED_TYPES, searchView } from './search.view.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-search-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What happens with a batch of events. */
const batches = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 12 }),
    fault: fc.constantFrom('none', 'none', 'in the middle', 'before the commit', 'restart'),
  }),
  { minLength: 1, maxLength: 12 },
);
type Batch = ReturnType<typeof batches.generate>['value'][number];

/** The log as a thread reads it, opened with the keys that there are then. */
async function readAll(events: readonly RecordedEvent[], erased: ReadonlySet<string>): Promise<RecordedEvent[]> {
  const stored = async function* () {
    for (const event of events) yield { ...event };
  };
  const none = async function* () {};
  const log = { head: async () => 0n, subscribe: none, readAll: stored, close: async () => undefined };
  const open = async (sealed: Uint8Array, { stream }: { readonly stream: string }) =>
    erased.has(stream) ? ERASED : Object(JSON.parse(Buffer.from(sealed).toString()));
  const reader = openingReader(log, async () => ({ open, close: async () => undefined }), OPENED_TYPES);
  const opened: RecordedEvent[] = [];
  for await (const event of reader.readAll()) opened.push(event);
  return opened;
}

/** The view, whose storage fails where it is told. */
function failing(at: { fault: Batch['fault']; left: number }): ViewDefinition {
  const full = () => new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  return {
    ...searchView,
    open: (db) => {
      const search = searchView.open(db);
      const flush = () => {
        const told = search.flush?.() ?? [];
        if (at.fault === 'before the commit') throw full();
        return told;
      };
      const project = (event: RecordedEvent): unknown => {
        if (at.fault === 'in the middle' && (at.left -= 1) < 0) throw full();
        return search(event);
      };
      return Object.assign(project, { flush, settle: () => search.settle?.() ?? true });
    },
  };
}

/** Follows the log as a projector does: a batch that failed is read again, in other company. */
function followed(events: readonly RecordedEvent[], plan: readonly Batch[]): Database.Database {
  const db = openViewForWriting(':memory:', searchView);
  const at: Parameters<typeof failing>[0] = { fault: 'none', left: 0 };
  let writer = new ViewWriter(failing(at), ':memory:', db);
  const end = events.at(-1)?.position ?? 0n;
  for (let turn = 0; writer.position < end; turn += 1) {
    const { size, fault } = plan[turn % plan.length] ?? { size: 1, fault: 'none' };
    const batch = events.filter(({ position }) => position > writer.position).slice(0, size);
    Object.assign(at, { fault: turn < 4 * plan.length ? fault : 'none', left: size >> 1 });
    if (fault === 'restart') writer = new ViewWriter(failing(at), ':memory:', db);
    try {
      writer.fold(batch, batch.at(-1)?.position ?? end);
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
    }
    if (writer.stopped) throw new Error(writer.stopped.reason);
  }
  return db;
}

let builds = 0;
function rebuilt(events: readonly RecordedEvent[]): Database.Database {
  const build = new ViewBuild(searchView, join(dir, `${(builds += 1)}.db`));
  for (const event of events) build.take(event);
  build.reach(events, events.at(-1)?.position ?? 0n);
  build.finish();
  if (build.stopped) throw new Error(build.stopped.reason);
  return new Database(build.file, { readonly: true });
}

it('whatever happens, in whatever batches, however often the disk fails: the view is as a rebuild', async () => {
  const property = fc.asyncProperty(
    searchSteps,
    batches,
    fc.boolean(),
    async (steps: readonly SearchStep[], plan, late) => {
      const { events, erased } = searchedLog(steps);
      const live = followed(await readAll(events, late ? erased : new Set()), plan);
      const other = rebuilt(await readAll(events, erased));
      const { difference } = compareViews(searchView, live, other);
      for (const db of [live, other]) db.close();
      expect(difference).toBeNull();
    },
  );
  await fc.assert(property, { numRuns: 20 });
});
