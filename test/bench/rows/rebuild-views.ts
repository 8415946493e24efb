import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { newCommitSignal } from '../../../libs/event-store/index.ts';
import { openForumViews } from '../../../src/views/open-forum-views.ts';
import { writeBigLog } from '../big-log.ts';
import { alternate, seconds } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';

/** Events in one transaction of the bare loop: as many as a batch of the log's subscription. */
const BATCH = 1_000;

export const rebuildViews: Row = {
  name: 'rebuild-views',
  what: 'rebuild of all views from 200,000 events',
  against: 'a bare loop: read, JSON.parse, one insert',
  unit: 'events/s',
  bound: atLeast(0.4),
  run: async (options) => {
    const count = options.quick ? 20_000 : 200_000;
    const scratch = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
    const log = join(scratch, 'log.db');
    await writeBigLog(log, count);
    const views = await openForumViews({ dir: join(scratch, 'views'), log: { file: log, signal: newCommitSignal() } });
    await views.ready();
    const names = views.state().map(({ name }) => name);
    const compared = await alternate(
      options.rounds,
      async () =>
        count / (await seconds(async () => void (await Promise.all(names.map((name) => views.rebuild(name)))))),
      async () => count / (await seconds(() => bareLoop(log, join(scratch, 'rows.db')))),
    );
    const verified = await Promise.all(names.map((name) => views.verify(name)));
    if (verified.some(({ equal }) => !equal)) throw new Error('a rebuilt view differs from the live one');
    await views.close();
    rmSync(scratch, { recursive: true });
    return { ...compared, notes: { events: count, views: names.join(', ') } };
  },
};

/** Settings of SQLite as a view under construction has them: nothing is kept that could not be built anew. */
function bareLoop(log: string, file: string): void {
  const from = new Database(log, { readonly: true });
  const to = new Database(file);
  to.pragma('journal_mode = MEMORY');
  to.pragma('synchronous = OFF');
  to.pragma('locking_mode = EXCLUSIVE');
  to.exec(
    'CREATE TABLE rows (position INTEGER PRIMARY KEY, type TEXT, stream TEXT, fields INTEGER, sealed BLOB) STRICT',
  );
  const insert = to.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?)');
  let waiting = 0;
  const events = from.prepare<
    [],
    { position: number; type: string; stream: string; data: string; sealed: Buffer | null }
  >('SELECT * FROM events ORDER BY position');
  for (const { position, type, stream, data, sealed } of events.iterate()) {
    if (waiting === 0) to.exec('BEGIN');
    const parsed: object = JSON.parse(data);
    insert.run(position, type, stream, Object.keys(parsed).length, sealed);
    waiting += 1;
    if (waiting < BATCH) continue;
    to.exec('COMMIT');
    waiting = 0;
  }
  if (waiting > 0) to.exec('COMMIT');
  to.close();
  from.close();
  rmSync(file);
}
