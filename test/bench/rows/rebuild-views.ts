import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { newCommitSignal } from '../../../libs/event-store/index.ts';
import { openForumViews } from '../../../src/views/open-forum-views.ts';
import { runProgram } from '../../support/child-program.ts';
import { writeOldLog } from '../../support/first-version-log.ts';
import { eachByHand } from '../../support/log-by-hand.ts';
import { bigLogDir } from '../big-log.ts';
import { alternate, seconds } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';

/** The program as people start it: from its sources, each rebuild would begin with 0.2 s of reading types. */
const BUILT_WORKER = new URL('../../../dist/program/projector.worker.cjs', import.meta.url);

/** Events in one transaction of the bare loop: as many as a batch of the log's subscription. */
const BATCH = 1_000;

export const rebuildViews: Row = rebuildRow('rebuild-views', { count: 200_000, quick: 20_000, least: 0.4 });

export const rebuildMillion: Row = rebuildRow('rebuild-million', { count: 1_000_000, quick: 100_000, least: 0.5 });

interface Amounts {
  readonly count: number;
  readonly quick: number;
  readonly least: number;
}

function rebuildRow(name: string, { count: all, quick, least }: Amounts): Row {
  return {
    name,
    what: `rebuild of all views from ${all.toLocaleString('en')} events`,
    against: 'a bare loop: read, JSON.parse, one insert',
    unit: 'events/s',
    bound: atLeast(least),
    run: async (options) => {
      const count = options.quick ? quick : all;
      const scratch = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
      const log = join(await bigLogDir(count), 'log.db');
      const texts = join(scratch, 'texts.db');
      writeAsTexts(log, texts);
      const views = await openForumViews({
        dir: join(scratch, 'views'),
        besideMs: 3_600_000,
        log: { file: log, signal: newCommitSignal() },
        worker: BUILT_WORKER,
      });
      await views.ready();
      const names = views.state().map((view) => view.name);
      const rebuild = () => Promise.all(names.map((view) => views.rebuild(view)));
      const compared = await alternate(
        options.rounds,
        async () => count / (await seconds(async () => void (await rebuild()))),
        async () => count / (await seconds(() => bareLoop(texts, join(scratch, 'rows.db')))),
      );
      const verified = await Promise.all(names.map((view) => views.verify(view)));
      if (verified.some(({ equal }) => !equal)) throw new Error('a rebuilt view differs from the live one');
      await views.close();
      const residentMibByTenth = await memoryOf(log, join(scratch, 'replayed'));
      rmSync(scratch, { recursive: true });
      return { ...compared, notes: { events: count, views: names.join(', '), residentMibByTenth } };
    },
  };
}

const REPLAY_MEMORY = resolve(import.meta.dirname, '../load/replay-memory.ts');

/** Of a process that does nothing but build the views; its young generation is that of the forum's builds. */
async function memoryOf(log: string, dir: string): Promise<string> {
  const seen: number[] = JSON.parse(await runProgram(['--max-semi-space-size=8', REPLAY_MEMORY, log, dir]));
  return seen.join(', ');
}

/** The same events as rows of text, as the first version of the log had them: what a bare loop would read. */
function writeAsTexts(log: string, file: string): void {
  const from = new Database(log, { readonly: true });
  writeOldLog(file, eachByHand(from));
  from.close();
}

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
