import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Post, Site } from '../../libs/client/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';
import { type RunningForum, startForum } from '../../test/support/running-forum.ts';
import { Findings } from '../acts/auditing/findings.ts';
import { REPLAYING, type Replaying } from '../acts/auditing/replaying.ts';
import { type MendingViews, ViewMender } from './view-mender.ts';

// Views are compared in a thread of the lowest priority, which waits long beside other tests.
jest.setTimeout(180_000);

let forum: RunningForum;
let said: string[];
let path: string;
let findings: Findings;

beforeEach(async () => {
  forum = await startForum();
  said = [];
  findings = new Findings();
  const { token } = await forum.member('somchai', ['editor']);
  const post = { title: 'Borders', body: 'Of what we draw.' };
  const { id } = await forum.done<{ id: string }>('POST', '/api/v1/posts', { token, body: post });
  path = `/api/v1/posts/${id}`;
});

afterEach(() => forum.close());

function newMender(parts: Partial<MendingViews> = {}): ViewMender {
  const { views, app } = forum.forum;
  const replaying: Replaying = app.get(REPLAYING, { strict: false });
  const verify: MendingViews['verify'] = (view, options) => replaying.verify(view, options);
  return new ViewMender({
    views,
    verify,
    isSending: () => false,
    findings,
    onProblem: (reason) => said.push(reason),
    ...parts,
  });
}

/** Changes the file like a failing disk: no writer of the view knows of it. */
function spoil(file: string, statement: string): void {
  const db = new Database(file);
  db.exec(statement);
  db.close();
}

const spoilTitles = (): void => spoil(forum.forum.views.db('post-list').name, "UPDATE post SET title = 'Bprders'");
/** As they stand in the file, whatever of them is kept in memory. */
const titles = () => forum.forum.views.db('post-list').prepare('SELECT title FROM post').pluck().all();

async function compareAll(mender: ViewMender): Promise<void> {
  for (const _ of forum.forum.views.state()) expect(await mender.compareNext()).toBe(true);
}

test('views that are what the log makes of them are left alone', async () => {
  const mender = newMender();
  await compareAll(mender);
  expect({ said, mended: mender.mended }).toEqual({ said: [], mended: 0 });
});

test('a view whose file was changed on the disk is built anew, and the keeper is told', async () => {
  spoilTitles();
  expect(titles()).toEqual(['Bprders']);
  const mender = newMender();
  await compareAll(mender);
  expect(titles()).toEqual(['Borders']);
  expect(await forum.done('GET', path)).toMatchObject({ title: 'Borders' });
  expect(mender.mended).toBe(1);
  expect(findings.standing()).toEqual([]);
  expect(findings.all()).toEqual([
    {
      kind: 'view',
      subject: 'post-list',
      what: expect.stringMatching(/^view post-list is not what the log makes of it at position \d+ \(in post\)$/),
      since: expect.any(String),
      mendedAt: expect.any(String),
    },
  ]);
  expect(said).toEqual([
    expect.stringMatching(/^the file of view post-list is not what the log makes of it at position \d+ \(in post\): /),
    'view post-list was built anew',
  ]);
});

test('nothing of a file that was changed on the disk stays in memory once it is built anew', async () => {
  const { token } = await forum.admin();
  await forum.done('PATCH', '/api/v1/site', { token, body: { tagline: 'Along the river' } });
  const { views } = forum.forum;
  const [site, posts] = [views.db('site').name, views.db('post-list').name];
  await forum.close({ keep: true });
  spoil(site, `UPDATE settings SET value = '{"tagline":"Along the rover"}'`);
  spoil(posts, "UPDATE post SET body = 'Of what we drew.'");
  const again = await startForum({ env: { DATA_DIR: forum.dataDir } });
  try {
    const shown = async () => {
      const { tagline } = await again.done<Site>('GET', '/api/v1/site');
      const { bodyHtml } = await again.done<Post>('GET', path);
      return { tagline, bodyHtml: bodyHtml.trim() };
    };
    expect(await shown()).toEqual({ tagline: 'Along the rover', bodyHtml: '<p>Of what we drew.</p>' });
    for (const view of ['site', 'post-list']) await again.forum.views.rebuild(view);
    expect(await shown()).toEqual({ tagline: 'Along the river', bodyHtml: '<p>Of what we draw.</p>' });
  } finally {
    await again.close();
  }
});

test('one that cannot be compared now, since an auditor has another one compared, is compared the next time', async () => {
  spoilTitles();
  let isBusy = true;
  const { app } = forum.forum;
  const replaying: Replaying = app.get(REPLAYING, { strict: false });
  const mender = newMender({
    verify: async (view, options) => {
      if (isBusy) throw new DomainError('conflict', 'Another one is under way.');
      return replaying.verify(view, options);
    },
  });
  expect(await mender.compareNext()).toBe(false);
  expect(said).toEqual([]);
  isBusy = false;
  await compareAll(mender);
  expect(mender.mended).toBe(1);
});

test('while an issue is on its way to its readers no view is compared, for a day at most', async () => {
  let [isSending, compared] = [true, 0];
  const same = { equal: true, version: 1, position: '1', live: 'a', rebuilt: 'a', difference: null };
  const verify: MendingViews['verify'] = async (name) => {
    compared += 1;
    return { ...same, name, at: '2026-11-26T00:00:00.000Z', milliseconds: 1 };
  };
  const mender = newMender({ verify, isSending: () => isSending });
  for (let time = 0; time < 144; time += 1) expect(await mender.compareNext()).toBe(false);
  expect(compared).toBe(0);
  expect(await mender.compareNext()).toBe(true);
  expect(await mender.compareNext()).toBe(false);
  isSending = false;
  expect(await mender.compareNext()).toBe(true);
  expect(compared).toBe(2);
});

test('after a start each view is compared once within minutes, and then within a day', async () => {
  const states = forum.forum.views.state();
  const compared: string[] = [];
  const same = { equal: true, version: 1, position: '1', live: 'a', rebuilt: 'a', difference: null };
  const verify: MendingViews['verify'] = async (name) => {
    compared.push(name);
    return { ...same, name, at: '2026-11-26T00:00:00.000Z', milliseconds: 1 };
  };
  jest.useFakeTimers();
  const mender = newMender({ views: { state: () => states, rebuild: async () => undefined }, verify });
  try {
    mender.begin();
    await jest.advanceTimersByTimeAsync(60_000 + 5_000 * (states.length - 1));
    expect(compared).toEqual(states.map(({ name }) => name));
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(compared).toHaveLength(states.length);
    await jest.advanceTimersByTimeAsync(86_400_000);
    expect(compared.length).toBeGreaterThanOrEqual(2 * states.length);
  } finally {
    jest.useRealTimers();
    await mender.close();
  }
});
