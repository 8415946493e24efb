import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import 'reflect-metadata';
import { openSqliteEventStore } from '../../libs/event-store/index.ts';
import { newId, type RunningForum, startForum } from '../../test/support/running-forum.ts';
import { openLogReader } from '../composition/log-reader.ts';
import { readConfig } from '../config.ts';
import { viewDefinitions } from '../views/definitions.ts';
import { runCli } from './program.ts';
import type { ReplayReport } from './replay-report.ts';

const VIEWS = viewDefinitions.map(({ name }) => name);

let dataDir: string;
let head: bigint;

/** A forum that was served and ended, with three comments and an edit. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'colloquy-replay-cli-'));
  const forum = await startForum({ env: { DATA_DIR: dataDir } });
  const editor = await forum.member('thida', ['editor']);
  const { id } = await forum.done<{ id: string }>('POST', '/api/v1/posts', {
    token: editor.token,
    body: { title: 'Borders', body: 'Text.' },
  });
  for (const body of ['One', 'Two', 'Three']) await comment(forum, id, editor.token, body);
  const { views } = forum.forum;
  head = views.position();
  // The index of words comes after the others.
  await until(() => views.state().every(({ position }) => position === head));
  await forum.close();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function comment(forum: RunningForum, postId: string, token: string, body: string): Promise<unknown> {
  return forum.done('POST', `/api/v1/posts/${postId}/comments`, { token, body: { id: newId(), body } });
}

async function run(...words: readonly string[]) {
  return runIn(dataDir, ...words);
}

async function runIn(dir: string, ...words: readonly string[]) {
  const out: string[] = [];
  const said: string[] = [];
  const status = await runCli(['replay', ...words], {
    environment: { DATA_DIR: dir },
    out: (line) => out.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, out: out.join('\n'), said: said.join('\n') };
}

async function json(...words: readonly string[]): Promise<{ readonly status: number; readonly report: ReplayReport }> {
  const { status, out, said } = await run(...words, '--json');
  expect(said).toBe('');
  return { status, report: JSON.parse(out) };
}

function files(): readonly string[] {
  return readdirSync(join(dataDir, 'views')).filter((name) => name.endsWith('.db') || name.includes('scratch'));
}

/** The older files go a moment after the start. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function times(): Promise<readonly { position: bigint; recordedAt: string }[]> {
  const log = await openLogReader(readConfig({ DATA_DIR: dataDir }));
  const all: { position: bigint; recordedAt: string }[] = [];
  for await (const { position, recordedAt } of log.readAll()) all.push({ position, recordedAt });
  await log.close();
  return all;
}

const figures = { events: expect.any(Number), seconds: expect.any(Number), eventsPerSecond: expect.any(Number) };

describe('colloquy replay --verify', () => {
  it('finds the views of a stopped forum equal to their rebuild, and leaves nothing behind', async () => {
    const before = files();
    const { status, report } = await json('--verify');
    expect(status).toBe(0);
    expect(report).toEqual({
      task: 'verify',
      ok: true,
      ...figures,
      views: viewDefinitions.map(({ name: view, version }) => {
        const found = report.views.find((each) => each.view === view);
        const digests = { live: found?.rebuilt, rebuilt: expect.stringMatching(/^[0-9a-f]{64}$/u) };
        return { view, version, position: `${head}`, stopped: null, ...digests, equal: true, difference: null };
      }),
    });
    expect(files()).toEqual(before);
    expect(await run('--verify', '--view', 'thread')).toMatchObject({
      status: 0,
      out: '',
      said: expect.stringMatching(/^thread \(version \d+\): equal at position \d+: [0-9a-f]{64}\n\d+ events in/u),
    });
  });

  it('names the view, the table, the key and both values of a row that was changed', async () => {
    const spoiled = mkdtempSync(join(tmpdir(), 'colloquy-spoiled-'));
    try {
      await copyInto(spoiled);
      change(spoiled, 'members', "UPDATE member SET handle = 'mallory' WHERE handle = 'thida'");
      const { status, said } = await runIn(spoiled, '--verify');
      expect(status).toBe(1);
      expect(said.split('\n').slice(0, 3)).toEqual([
        expect.stringMatching(
          /^members \(version \d+\): DIFFERS at position \d+: live [0-9a-f]{64}, rebuilt [0-9a-f]{64}$/u,
        ),
        expect.stringMatching(/^ {2}first in the table member, \w+ /u),
        '    handle: live "mallory", rebuilt "thida"',
      ]);
      expect(said).toMatch(/^thread \(version \d+\): equal at position/mu);

      const answer = await runIn(spoiled, '--verify', '--view', 'members', '--json');
      expect(answer).toMatchObject({ status: 1, said: '' });
      const report: ReplayReport = JSON.parse(answer.out);
      expect(report).toMatchObject({ ok: false, views: [{ view: 'members', equal: false }] });
      expect(report.views[0]?.difference).toMatchObject({
        table: 'member',
        key: { n: expect.stringMatching(/^\d+$/u) },
        live: { handle: 'mallory', locale: 'en' },
        rebuilt: { handle: 'thida', locale: 'en' },
      });
    } finally {
      rmSync(spoiled, { recursive: true });
    }
  });

  it('tells of a row that only one side has', async () => {
    const spoiled = mkdtempSync(join(tmpdir(), 'colloquy-spoiled-'));
    try {
      await copyInto(spoiled);
      change(spoiled, 'post-list', 'DELETE FROM post_tag');
      change(spoiled, 'post-list', "INSERT INTO post_tag VALUES ('nowhere', 1)");
      const { status, said } = await runIn(spoiled, '--verify', '--view', 'post-list');
      expect({ status, said: said.split('\n').slice(1, 3) }).toEqual({
        status: 1,
        said: [
          '  first in the table post_tag, tag "nowhere", post "1": only the live view has it',
          '    tag "nowhere", post "1"',
        ],
      });
    } finally {
      rmSync(spoiled, { recursive: true });
    }
  });
});

describe('colloquy replay', () => {
  it('beside a running server builds a new generation, which the next start serves', async () => {
    const before = files();
    const served = await startForum({ env: { DATA_DIR: dataDir } });
    let built: readonly string[] = [];
    let postId = '';
    try {
      const { status, report } = await json();
      expect({ status, report }).toMatchObject({
        status: 0,
        report: { task: 'build', ok: true, views: VIEWS.map((view) => ({ view, stopped: null })) },
      });
      built = report.views.map(({ file }) => basename(file ?? ''));
      for (const file of built) expect(before).not.toContain(file);

      const { items } = await served.done<{ items: { id: string }[] }>('GET', '/api/v1/posts');
      postId = items[0]?.id ?? '';
      const login = { login: 'thida', password: 'correct horse battery' };
      const { token } = await served.done<{ token: string }>('POST', '/api/v1/sessions', { body: login });
      await comment(served, postId, token, 'Meanwhile');
      expect((await json('--verify')).report).toMatchObject({ ok: true });
    } finally {
      await served.close({ keep: true });
    }

    const next = await startForum({ env: { DATA_DIR: dataDir } });
    try {
      await until(() => files().length === built.length);
      expect([...files()].sort()).toEqual([...built].sort());
      const page = await next.done<{ total: number }>('GET', `/api/v1/posts/${postId}/comments`);
      expect(page.total).toBe(4);
      for (const view of VIEWS) expect(await next.forum.views.verify(view)).toMatchObject({ equal: true });
    } finally {
      await next.close({ keep: true });
    }
    expect(await run('--view', 'members')).toMatchObject({
      status: 0,
      out: '',
      said: expect.stringMatching(
        /members \(version \d+\): built up to position \d+: .*members\.v\d+\.3\.db\n.*\nwhat was built is served from the next start on$/u,
      ),
    });
  });
});

describe('a view that cannot read an event', () => {
  it('is named with the event and gets no file, the others are built, and the status is 1', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'colloquy-newer-'));
    await copyLog(dir);
    await recordNewer(dir);
    const { status, said } = await runIn(dir);
    expect(status).toBe(1);
    const stopped = `stopped at position ${head + 1n}: DiscussionChanged.v3: a newer Colloquy recorded it; this one does not know the version`;
    for (const view of ['post-list', 'thread']) {
      expect(said).toMatch(new RegExp(`^${view} \\(version \\d+\\): ${stopped}$`, 'mu'));
    }
    expect(said).toMatch(/^members \(version \d+\): built up to position/mu);
    const built = readdirSync(join(dir, 'views')).filter((name) => /^(members|post-list|thread)\./u.test(name));
    expect(built).toEqual([expect.stringMatching(/^members\.v\d+\.1\.db$/u)]);
    rmSync(dir, { recursive: true });
  });
});

describe('colloquy replay --until', () => {
  it('shows the digests of the views as they were, by position and by time, and keeps no file', async () => {
    const before = files();
    const log = await times();
    const end = log.at(-1);
    const { status, report } = await json('--until', `${end?.position}`);
    expect(status).toBe(0);
    expect(report).toMatchObject({
      task: 'until',
      ok: true,
      views: VIEWS.map((view) => ({ view, position: `${end?.position}` })),
    });
    const live = (await json('--verify')).report.views.map(({ rebuilt }) => rebuilt);
    expect(report.views.map(({ digest }) => digest)).toEqual(live);

    for (const moment of [end?.recordedAt ?? '', '2999-01-01T00:00:00Z']) {
      expect((await json('--until', moment)).report.views).toEqual(report.views);
    }
    const first = log[0]?.recordedAt ?? '';
    const atFirst = log.findLast(({ recordedAt }) => recordedAt <= first)?.position;
    const early = (await json('--until', first)).report.views;
    expect(early.map(({ position }) => position)).toEqual(VIEWS.map(() => `${atFirst}`));
    expect(early.map(({ digest }) => digest)).not.toEqual(live);

    const nothing = (await json('--until', '1999-01-01T00:00:00+07:00')).report.views;
    expect(nothing).toEqual((await json('--until', '0')).report.views);
    expect(files()).toEqual(before);
  });
});

describe('a wrong call', () => {
  it.each([
    [['--view', 'nowhere'], 'there is no view "nowhere"; views are members'],
    [['--until', 'yesterday'], '--until yesterday: give a position such as 1234, or a time such as'],
    [['--until', '2015-10-05'], '--until 2015-10-05: give a position'],
    [['--until', '-1'], '--until -1: give a position'],
    [['--until', '99999'], '--until 99999: the log ends at position'],
    [['--verify', '--until', '3'], '--verify compares at the position of the live views: it goes without --until'],
    [['members'], 'too many arguments'],
  ])('%j is refused with status 2 and the reason', async (words, reason) => {
    expect(await run(...words)).toEqual({ status: 2, out: '', said: expect.stringContaining(reason) });
  });

  it('without a log makes none, and says where it looked', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'colloquy-none-'));
    expect(await runIn(empty)).toEqual({
      status: 1,
      out: '',
      said: `colloquy: there is no log ${join(empty, 'log.db')}; DATA_DIR says where the forum is`,
    });
    expect(readdirSync(empty)).toEqual([]);
    rmSync(empty, { recursive: true });
  });

  it('to verify views that were never built says so', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'colloquy-fresh-'));
    await copyLog(fresh);
    expect(await runIn(fresh, '--verify', '--view', 'members')).toEqual({
      status: 1,
      out: '',
      said: expect.stringMatching(/^colloquy: there is no file of the view members, version \d+$/u),
    });
    rmSync(fresh, { recursive: true });
  });
});

/** Another DATA_DIR with the same log and the same views. */
async function copyInto(dir: string): Promise<void> {
  await copyLog(dir);
  expect(await runIn(dir)).toMatchObject({ status: 0 });
}

function change(dir: string, view: string, sql: string): void {
  const name = readdirSync(join(dir, 'views')).find((file) => file.startsWith(`${view}.`) && file.endsWith('.db'));
  const db = new Database(join(dir, 'views', name ?? ''));
  db.exec(sql);
  db.close();
}

async function copyLog(dir: string): Promise<void> {
  const log = new Database(join(dataDir, 'log.db'), { readonly: true });
  await log.backup(join(dir, 'log.db'));
  log.close();
}

/** As a program of a later version would record it. */
async function recordNewer(dir: string): Promise<void> {
  const log = await openSqliteEventStore({ file: join(dir, 'log.db') });
  head = await log.head();
  const envelope = { occurredAt: new Date().toISOString(), actor: 'system', correlationId: newId(), causationId: null };
  const event = { id: newId(), type: 'DiscussionChanged.v3', data: { postId: newId() }, sealed: null, ...envelope };
  await log.append(`discussion-${newId()}`, [event], 'no-stream');
  await log.close();
}
