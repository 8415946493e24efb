import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ImportFiles } from './import-files.ts';
import type { ImportChoices, ImportTold } from './import-job.ts';
import type { ImportEnd, ImportLease, ImportListener, ImportRunner, ImportTask } from './import-runner.ts';
import { Importing } from './importing.ts';
import { ImportsFolder } from './imports-folder.ts';
import { keptTold } from './kept-told.ts';

const CHOICES: ImportChoices = {
  source: null,
  sites: {},
  local: false,
  pages: false,
  fetchMedia: false,
  media: null,
};
const TOLD: ImportTold = {
  recorded: false,
  site: null,
  posts: { imported: 1, updated: 0, unchanged: 0 },
  comments: { imported: 2, held: 0, placeholders: 0, unchanged: 0 },
  pingbacks: 0,
  votes: 0,
  images: { stored: 0, known: 0, missing: 0 },
  leftOut: [],
  origins: [],
  warnings: { count: 0, first: [] },
  error: null,
  seconds: 1,
};

/** What people wrote stands in each place that a report of a former version had. */
const SAID = 'zqwords';
const FORMER = {
  ...TOLD,
  first: [{ title: `A title ${SAID}`, slug: 'a-title' }],
  leftOut: [
    { what: 'images' as const, why: 'on another site', count: 2, places: [place(1, `https://${SAID}.example/a.png`)] },
    {
      what: 'posts' as const,
      why: 'page of a cache',
      count: 1,
      places: [place(2, `https://a.example/b?q=${SAID}#${SAID}`)],
    },
  ],
  warnings: {
    count: 2,
    first: [
      { line: 3, message: `"A "b" ${SAID}" does not say when it was published; now was taken` },
      { line: 4, message: `the page https://a.example/c?d=${SAID} stands elsewhere by now` },
    ],
  },
};

function place(line: number, address: string) {
  return { line, column: 1, address };
}

/** Runs nothing: a test says how each run goes on. */
class ToldRuns implements ImportRunner {
  readonly runs: { readonly task: ImportTask; readonly listener: ImportListener; end(end: ImportEnd): void }[] = [];

  run(task: ImportTask, listener: ImportListener) {
    const { promise: ended, resolve } = Promise.withResolvers<ImportEnd>();
    this.runs.push({ task, listener, end: resolve });
    return { ended, stop: () => resolve({ kind: 'stopped' }) };
  }

  last() {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error('nothing was run');
    return run;
  }
}

describe('imports of admins', () => {
  let dir: string;
  let runner: ToldRuns;
  let lease: { isHeld: boolean; isFree: boolean; takenBy: string[]; told: (number | string)[] } & ImportLease;
  let importing: Importing;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'importing-'));
    mkdirSync(join(dir, 'imports/uploads'), { recursive: true });
    writeFileSync(join(dir, 'imports/blog.xml'), '<rss/>');
    writeFileSync(join(dir, 'imports/uploads/a.png'), 'a');
    writeFileSync(join(dir, 'secret'), 'secret');
    runner = new ToldRuns();
    lease = {
      isHeld: true,
      isFree: true,
      takenBy: [],
      told: [],
      take: async (memberId) => {
        lease.takenBy.push(memberId);
        return lease.isFree;
      },
      keep: async (comments) => void lease.told.push(comments),
      release: async () => void lease.told.push('over'),
      elsewhere: async () => null,
    };
    importing = open();
  });
  afterEach(async () => {
    await importing.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const open = () =>
    new Importing({
      files: new ImportFiles(join(dir, 'import-jobs')),
      folder: new ImportsFolder(join(dir, 'imports')),
      runner,
      lease,
      now: () => '2026-11-27T12:00:00.000Z',
    });
  const send = () => {
    const path = join(new ImportFiles(join(dir, 'import-jobs')).coming, 'coming-1');
    writeFileSync(path, '<rss/>');
    return importing.take({ name: 'export.xml', path }, CHOICES);
  };
  /** Resolves when the run has been told to be over. */
  const end = async (how: ImportEnd) => {
    runner.last().end(how);
    await new Promise(setImmediate);
  };
  const conflict = expect.objectContaining({ code: 'conflict' });

  it('looks at a file that was sent, brings it when told so, keeps the report and deletes the file', async () => {
    const { id } = await send();
    expect(runner.last().task).toMatchObject({ dryRun: true, choices: { source: null } });
    runner.last().listener.recognised('wordpress');
    await end({ kind: 'told', told: TOLD });
    expect(importing.job(id)).toMatchObject({ state: 'looked', told: TOLD, choices: { source: 'wordpress' } });
    await importing.bring(id, 'mai');
    const { file, dryRun, choices } = runner.last().task;
    expect([dryRun, choices.source, readFileSync(file, 'utf8')]).toEqual([false, 'wordpress', '<rss/>']);
    await end({ kind: 'told', told: { ...TOLD, recorded: true } });
    expect([importing.job(id).state, existsSync(file)]).toEqual(['done', false]);
    expect(open().list()).toEqual(importing.list());
  });

  it('keeps of a report where things stand and why, and takes the words of people from those of former versions', async () => {
    expect(keptTold(FORMER)).toMatchObject({
      first: [{ slug: 'a-title' }],
      leftOut: [
        { count: 2, places: [{ line: 1, column: 1 }] },
        { count: 1, places: [place(2, 'https://a.example/b')] },
      ],
      warnings: {
        first: [
          { line: 3, message: '… does not say when it was published; now was taken' },
          { line: 4, message: 'the page https://a.example/c stands elsewhere by now' },
        ],
      },
    });
    const { id } = await send();
    await end({ kind: 'told', told: { ...TOLD, recorded: true } });
    const folder = join(dir, 'import-jobs', id);
    writeFileSync(
      join(folder, 'import.json'),
      JSON.stringify({ ...importing.job(id), form: 1, told: { ...FORMER, recorded: true } }),
    );
    writeFileSync(join(folder, 'left-out.csv'), `images,on another site,1,1,https://${SAID}.example/a.png`);
    expect(open().job(id)).toMatchObject({ form: 2, state: 'done', told: { leftOut: [{ count: 2 }, { count: 1 }] } });
    const kept = ['import.json', 'left-out.csv'].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(kept.filter((text) => text.includes(SAID))).toEqual([]);
    expect(kept[1]).toContain(
      'images,imageElsewhere,on another site,1,1,\r\nimages,imageElsewhere,on another site,,,1 more\r\nposts,,',
    );
  });

  it('runs one at a time, whoever asks, and tells that it is no more as it was', async () => {
    expect([importing.underWay, importing.refusal]).toEqual([null, null]);
    const { id } = await send();
    expect([importing.underWay?.id, importing.refusal]).toEqual([id, conflict]);
    await expect(send()).rejects.toEqual(conflict);
    await expect(importing.choose('blog.xml', CHOICES)).rejects.toEqual(conflict);
    await expect(importing.bring(id, 'mai')).rejects.toEqual(conflict);
    await end({ kind: 'told', told: TOLD });
    expect(importing.refusal).toBeNull();
    const presses = await Promise.allSettled([importing.bring(id, 'mai'), importing.bring(id, 'mai')]);
    expect(presses.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(importing.list()).toHaveLength(1);
  });

  it('goes on after a stop, and after a server that was killed', async () => {
    const { id } = await send();
    await end({ kind: 'told', told: TOLD });
    await importing.bring(id, 'mai');
    runner.last().listener.progress({ bytesRead: 1, bytes: 2, posts: 1, comments: 1 });
    await importing.stop(id);
    expect(importing.job(id)).toMatchObject({ state: 'stopped', progress: { bytesRead: 1 } });
    await importing.bring(id, 'mai');
    runner.last().listener.progress({ bytesRead: 1, bytes: 2, posts: 1, comments: 1 });
    const killed = open();
    expect(killed.job(id)).toMatchObject({ state: 'stopped', hasBrought: true });
    await killed.bring(id, 'mai');
    expect(runner.last().task.dryRun).toBe(false);
    await killed.close();
  });

  it('tells all that its runs have brought where it was stopped between them', async () => {
    const { id } = await send();
    const look = {
      ...TOLD,
      posts: { imported: 4, updated: 2, unchanged: 10 },
      comments: { imported: 50, held: 3, placeholders: 1, unchanged: 7 },
      images: { stored: 0, known: 1, missing: 2 },
    };
    await end({ kind: 'told', told: look });
    await importing.bring(id, 'mai');
    await importing.stop(id);
    await importing.bring(id, 'mai');
    const told = {
      ...TOLD,
      recorded: true,
      posts: { imported: 1, updated: 1, unchanged: 14 },
      comments: { imported: 20, held: 1, placeholders: 0, unchanged: 37 },
      images: { stored: 2, known: 4, missing: 2 },
    };
    await end({ kind: 'told', told });
    expect(importing.job(id)).toMatchObject({
      state: 'done',
      told: {
        posts: { imported: 4, updated: 2, unchanged: 10 },
        comments: { imported: 50, held: 3, placeholders: 1, unchanged: 7 },
        images: { stored: 5, known: 1, missing: 2 },
      },
    });
  });

  it('forgets what is cancelled before it has brought anything, and keeps the report of the rest', async () => {
    const first = await send();
    await importing.cancel(first.id);
    expect(importing.list()).toEqual([]);
    const { id } = await send();
    await end({ kind: 'told', told: TOLD });
    await importing.bring(id, 'mai');
    const { file } = runner.last().task;
    await importing.stop(id);
    await importing.cancel(id);
    expect([importing.job(id).state, existsSync(file)]).toEqual(['cancelled', false]);
    await importing.cancel(id);
    expect(importing.list()).toEqual([]);
  });

  it('says before a file comes in that too many wait, while those that wait can be brought', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 10; count += 1) {
      expect([importing.isFull, importing.refusal]).toEqual([false, null]);
      ids.push((await send()).id);
      await end({ kind: 'told', told: TOLD });
    }
    expect([importing.isFull, importing.refusal]).toEqual([true, conflict]);
    await importing.bring(ids[0] ?? '', 'mai');
    expect(lease.told).toEqual([]);
    await end({ kind: 'told', told: { ...TOLD, recorded: true } });
    expect([lease.told, importing.refusal]).toEqual([['over'], null]);
  });

  it('brings nothing while another node does', async () => {
    const { id } = await send();
    await end({ kind: 'told', told: TOLD });
    lease.isFree = false;
    await expect(importing.bring(id, 'mai')).rejects.toEqual(conflict);
    expect(importing.job(id)).toMatchObject({ state: 'looked', hasBrought: false });
  });

  it('takes the lease for the member who brings or goes on, and takes none to look', async () => {
    const { id } = await send();
    expect(lease.takenBy).toEqual([]);
    await end({ kind: 'told', told: TOLD });
    await importing.bring(id, 'mai');
    await importing.stop(id);
    await importing.bring(id, 'noy');
    expect(lease.takenBy).toEqual(['mai', 'noy']);
  });

  it('stops once the lease is lost, as of a node that was frozen, and goes on when it has it again', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
    try {
      const { id } = await send();
      await end({ kind: 'told', told: TOLD });
      await importing.bring(id, 'mai');
      runner.last().listener.progress({ bytesRead: 1, bytes: 2, posts: 1, comments: 7 });
      await jest.advanceTimersByTimeAsync(10_000);
      expect(lease.told).toEqual([7, 7, 7]);
      expect(importing.job(id).state).toBe('bringing');
      Object.assign(lease, { isHeld: false, isFree: false });
      await jest.advanceTimersByTimeAsync(5_000);
      expect(importing.job(id)).toMatchObject({ state: 'stopped', hasBrought: true });
      await expect(importing.bring(id, 'mai')).rejects.toEqual(conflict);
      Object.assign(lease, { isHeld: true, isFree: true });
      expect((await importing.bring(id, 'mai')).state).toBe('bringing');
    } finally {
      jest.useRealTimers();
    }
  });

  it('tells why a process ended, and asks for the system that nobody recognises', async () => {
    const { id } = await send();
    await end({ kind: 'failed', reason: 'its process ended early (SIGABRT)' });
    expect(importing.job(id)).toMatchObject({ state: 'stopped', fault: 'its process ended early (SIGABRT)' });
    await importing.bring(id, 'mai');
    expect(runner.last().task.dryRun).toBe(true);
    await end({ kind: 'unknown' });
    expect(importing.job(id).state).toBe('unknown');
    await importing.lookAgain(id, { ...CHOICES, source: 'isso' });
    expect(runner.last().task.choices.source).toBe('isso');
  });

  it('takes of the server only what its imports folder offers', async () => {
    symlinkSync(join(dir, 'secret'), join(dir, 'imports/link.xml'));
    symlinkSync(dir, join(dir, 'imports/up'));
    expect(await importing.offered()).toEqual([
      { path: 'blog.xml', kind: 'file', bytes: 6 },
      { path: 'uploads', kind: 'folder', bytes: 0 },
      { path: 'uploads/a.png', kind: 'file', bytes: 1 },
    ]);
    for (const path of ['../secret', 'link.xml', 'up/secret', '/etc/passwd', 'uploads', '', '.', 'blog.xml\u0000'])
      await expect(importing.choose(path, CHOICES)).rejects.toMatchObject({ code: 'not_found' });
    await expect(importing.choose('blog.xml', { ...CHOICES, media: '..' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(importing.list()).toEqual([]);
    await importing.choose('blog.xml', { ...CHOICES, media: 'uploads' });
    expect(runner.last().task).toMatchObject({
      file: join(dir, 'imports/blog.xml'),
      media: join(dir, 'imports/uploads'),
    });
  });

  it('deletes what was on its way when a server ended, and what it refuses', async () => {
    await send();
    const left = join(dir, 'import-jobs/coming-2');
    writeFileSync(left, 'x');
    const path = join(dir, 'import-jobs/coming-3');
    writeFileSync(path, 'x');
    await expect(importing.take({ name: 'b.xml', path }, CHOICES)).rejects.toEqual(conflict);
    expect(existsSync(path)).toBe(false);
    open();
    expect(existsSync(left)).toBe(false);
  });
});
