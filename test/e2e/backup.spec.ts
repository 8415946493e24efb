import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, newAccount, newPost, signIn } from '../support/forum-account.ts';
import { logLines } from '../support/log-lines.ts';
import { readComments } from '../support/read-comments.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { recordedComments } from '../support/stopped-forum.ts';
import { Writers } from '../support/writers.ts';

const BACKUPS = 4;
const WRITERS = 6;
/** Comments that must be recorded between two backups. */
const BETWEEN = 40;

interface Taken {
  readonly directory: string;
  /** Comments that were acknowledged before the backup began. */
  readonly acknowledged: readonly string[];
  readonly report: { readonly log: { readonly events: number; readonly position: string; readonly digest: string } };
}

describe('backups of a forum that is written to', () => {
  let place: string;
  let forum: ServedForum;
  let postId: string;
  let admin: Account;
  let finalLines: readonly string[];
  const taken: Taken[] = [];

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'colloquy-backups-'));
    forum = await serveForum();
    admin = await newAccount(forum.address, 'ada');
    postId = await newPost(forum.address, admin, 'One');
    const address = async (): Promise<string> => forum.address;
    const writers = new Writers({ count: WRITERS, posts: [postId], tokens: [admin.token], address, patient: true });
    for (let number = 1; number <= BACKUPS; number += 1) {
      await writers.until(writers.acknowledged.size + BETWEEN);
      const acknowledged = [...writers.acknowledged.keys()];
      const directory = join(place, `backup-${number}`);
      const { status, out, said } = await runColloquy(['backup', directory, '--json'], { dataDir: forum.dataDir });
      if (status !== 0) throw new Error(said);
      taken.push({ directory, acknowledged, report: JSON.parse(out) });
    }
    await writers.until(writers.acknowledged.size + BETWEEN);
    await writers.stop();
    await forum.end();
    finalLines = await logLines(forum.dataDir);
  }, 300_000);

  afterAll(async () => {
    rmSync(place, { recursive: true, force: true });
    rmSync(forum.dataDir, { recursive: true, force: true });
  });

  const restore = async (directory: string, ...more: readonly string[]): Promise<string> => {
    const dataDir = mkdtempSync(join(place, 'restored-'));
    const { status, said } = await runColloquy(['restore', directory, ...more], { dataDir });
    if (status !== 0) throw new Error(said);
    return dataDir;
  };

  test('were taken in the middle of writing', () => {
    const events = taken.map(({ report }) => report.log.events);
    expect(events).toEqual([...new Set(events)].sort((a, b) => a - b));
    expect(events.at(-1)).toBeLessThan(finalLines.length);
  });

  test('hold what their manifests say, by owner’s eyes alone, and pass their check', async () => {
    for (const { directory, report } of taken) {
      expect(readdirSync(directory).sort()).toEqual(['log.db', 'manifest.json', 'secrets.json', 'vault.db']);
      const modes = readdirSync(directory).map((name) => statSync(join(directory, name)).mode & 0o777);
      expect([statSync(directory).mode & 0o777, ...modes]).toEqual([0o700, 0o600, 0o600, 0o600, 0o600]);
      const checked = await runColloquy(['restore', directory, '--verify-only', '--json']);
      const { events, position, digest } = report.log;
      expect({ ...JSON.parse(checked.out), status: checked.status }).toMatchObject({
        events,
        position,
        digest,
        status: 0,
      });
    }
    expect(readdirSync(place).filter((name) => name.includes('unfinished'))).toEqual([]);
  }, 120_000);

  test('restore to exactly the first events of the log, among them all that was acknowledged before', async () => {
    for (const { directory, acknowledged, report } of taken) {
      const dataDir = await restore(directory);
      const lines = await logLines(dataDir);
      expect(lines).toEqual(finalLines.slice(0, report.log.events));
      const comments = await recordedComments(dataDir);
      expect(acknowledged.filter((id) => !comments.has(id))).toEqual([]);
    }
  }, 120_000);

  test('restore to a forum that serves and takes comments again', async () => {
    const dataDir = await restore(taken.at(-1)?.directory ?? '');
    const due = [...(await recordedComments(dataDir))].sort();
    const restored = await serveForum({ dataDir });
    const comments = await readComments(restored.address, postId);
    expect(comments.map(({ id }) => id).sort()).toEqual(due);
    expect(comments.every(({ body }) => /^Comment \d+ of writer \d+$/.test(String(body)))).toBe(true);
    expect(await signIn(restored.address, 'ada')).toMatchObject({ memberId: admin.memberId });
    expect(await newPost(restored.address, admin, 'Two')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await restored.end()).toBe(0);
  }, 120_000);

  test('restore to any position', async () => {
    const { directory, report } = taken[1] ?? { directory: '', report: { log: { events: 0 } } };
    for (const until of [1, Math.floor(report.log.events / 2), report.log.events]) {
      const dataDir = await restore(directory, '--until', String(until));
      expect(await logLines(dataDir)).toEqual(finalLines.slice(0, until));
    }
  }, 120_000);
});

describe('the backup and restore commands', () => {
  let place: string;
  let dataDir: string;
  let backup: string;

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'colloquy-backups-'));
    dataDir = join(place, 'data');
    backup = join(place, 'backup');
    const words = ['member', 'create', '--handle', 'ada', '--email', 'a@x.example', '--password', 'a long password'];
    for (const each of [words, ['backup', backup]]) {
      const { status, said } = await runColloquy(each, { dataDir });
      if (status !== 0) throw new Error(said);
    }
  });

  afterAll(() => rmSync(place, { recursive: true, force: true }));

  const saying = (said: string | RegExp) => ({ status: 1, out: '', said: expect.stringMatching(said) });

  test('write over no backup and no other directory, but take an empty one', async () => {
    expect(await runColloquy(['backup', backup], { dataDir })).toEqual(saying('is a backup already'));
    expect(await runColloquy(['backup', place], { dataDir })).toEqual(saying('is not empty'));
    writeFileSync(join(place, 'file'), '');
    expect(await runColloquy(['backup', join(place, 'file')], { dataDir })).toEqual(saying('/file'));
    const empty = mkdtempSync(join(place, 'empty-'));
    expect(await runColloquy(['backup', empty], { dataDir })).toMatchObject({ status: 0 });
    expect(readdirSync(empty)).toContain('manifest.json');
  }, 60_000);

  test('say that there is no forum to back up, and make none', async () => {
    const nothing = join(place, 'nothing');
    const said = await runColloquy(['backup', join(place, 'b')], { dataDir: nothing });
    expect(said).toEqual(saying(/nothing holds no whole forum to back up: .*log\.db is missing/));
    expect([existsSync(nothing), existsSync(join(place, 'b'))]).toEqual([false, false]);
  });

  test('restore into an empty directory alone', async () => {
    const said = await runColloquy(['restore', backup], { dataDir });
    expect(said).toEqual(saying('/data is not empty'));
    const served = mkdtempSync(join(place, 'with-file-'));
    writeFileSync(join(served, 'mine.txt'), 'kept');
    expect(await runColloquy(['restore', backup], { dataDir: served })).toEqual(saying(/it holds mine\.txt/));
    expect(readdirSync(served)).toEqual(['mine.txt']);
  });

  test('restore into a directory, not into a database', async () => {
    const target = join(place, 'database');
    const env = { EVENT_STORE_URL: 'kurrentdb://admin:hidden@127.0.0.1:1?tls=false' };
    const said = await runColloquy(['restore', backup], { dataDir: target, env });
    expect(said).toEqual({ status: 2, out: '', said: expect.stringMatching(/`colloquy log copy`/) });
    expect(said.said).not.toContain('hidden');
    expect(existsSync(target)).toBe(false);
  });

  test('say what positions there are', async () => {
    const target = join(place, 'until');
    for (const [until, said] of [
      ['9', 'holds positions 1 to'],
      ['0', 'holds positions 1 to'],
    ] as const) {
      const answer = await runColloquy(['restore', backup, '--until', until], { dataDir: target });
      expect(answer).toEqual(saying(said));
    }
    const wrong = await runColloquy(['restore', backup, '--until', 'noon'], { dataDir: target });
    expect(wrong).toMatchObject({ status: 2, said: expect.stringContaining('--until noon: a position is') });
    const both = await runColloquy(['restore', backup, '--until', '1', '--verify-only'], { dataDir: target });
    expect(both).toMatchObject({ status: 2, said: expect.stringContaining('do not go together') });
    expect(existsSync(target)).toBe(false);
  }, 60_000);
});
