import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { trusted } from '../../libs/kernel/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { deleteKeyByHand } from '../support/keys-by-hand.ts';
import { changeByHand, copyByHand, eventsByHand } from '../support/log-by-hand.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const PAGES_OF_AUDITORS = ['/audit/log', '/audit/events', '/audit/views'];
const TITLE = 'Something was found that the forum&#39;s keeper must look at';
const WHAT = /view post-list is not what the log makes of it at position \d+ \(in post\)/;

let forum: RunningForum;
let auditor: TestMember;
let moderator: TestMember;

beforeEach(async () => {
  forum = await startForum({ compareAgainMs: 20 });
  auditor = await forum.member('the-auditor', ['auditor']);
  moderator = await forum.member('the-moderator', ['moderator']);
  await forum.publish(await forum.admin());
});
afterEach(() => forum.close());

const page = async (path: string, token?: string): Promise<string> => {
  const { status, body } = await forum.call('GET', path, token === undefined ? {} : { token });
  expect({ path, status }).toEqual({ path, status: 200 });
  return String(body).replaceAll("'", '&#39;');
};
const readiness = async (): Promise<unknown> => (await forum.call('GET', '/health/ready')).body;
const metrics = async (): Promise<string> => String((await forum.call('GET', '/metrics')).body);
const verify = (): Promise<unknown> =>
  forum.done('POST', '/api/v1/audit/views/post-list/verifications', { token: auditor.token });

/** As a disk does that changes what it keeps. */
function writeTitle(title: string): string {
  const file = new Database(forum.forum.views.db('post-list').name);
  const before = file.prepare<[], string>('SELECT title FROM post').pluck().get() ?? '';
  file.prepare('UPDATE post SET title = ?').run(title);
  file.close();
  return before;
}

describe('a signed checkpoint that was altered while the forum was closed', () => {
  it('keeps no forum from starting with its own key, and is told by readiness and the pages of staff', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-altered-checkpoint-'));
    const env = { DATA_DIR: dataDir };
    const file = join(dataDir, 'tree', 'checkpoints');
    const before = await startForum({ env });
    const { token } = await before.member('an-auditor', ['auditor']);
    await until(() => existsSync(file) && readFileSync(file, 'utf8').includes('\\n\\n'));
    await before.close();
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const newest = lines.at(-1) ?? '';
    const inRoot = newest.indexOf('=') - 5;
    const altered = newest.charAt(inRoot) === 'A' ? 'B' : 'A';
    const damaged = `${newest.slice(0, inRoot)}${altered}${newest.slice(inRoot + 1)}`;
    writeFileSync(file, `${[...lines.slice(0, -1), damaged].join('\n')}\n`);

    const again = await startForum({ env });
    const ready = async (): Promise<unknown> => (await again.call('GET', '/health/ready')).body;
    await until(async () => JSON.stringify(await ready()).includes('degraded'));
    const what = expect.stringContaining(`a checkpoint in tree/checkpoints is damaged, line ${lines.length}: `);
    expect(await ready()).toMatchObject({ status: 'degraded', reasons: [what] });
    const { status, body } = await again.call('GET', '/audit/log', { token });
    expect(status).toBe(200);
    expect(body).toContain('A signed checkpoint that the forum keeps was altered');
    const checkpoint = await again.call('GET', '/api/v1/audit/checkpoint');
    expect(checkpoint.status).toBe(200);
    await again.close();
    rmSync(dataDir, { recursive: true });
  });
});

describe('what is kept beside the log to prove it by', () => {
  it('when its head cannot be read, is told by readiness and the pages of staff', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-unreadable-head-'));
    const env = { DATA_DIR: dataDir };
    const before = await startForum({ env });
    const { token } = await before.member('an-auditor', ['auditor']);
    await before.close();
    writeFileSync(join(dataDir, 'tree', 'head.json'), '{"size":1e309}');
    const again = await startForum({ env });
    const what = 'cannot be read, so the log is not compared with what it said: tree/head.json';
    expect((await again.call('GET', '/health/ready')).body).toMatchObject({ status: 'degraded', reasons: [what] });
    expect((await again.call('GET', '/audit/log', { token })).body).toContain(
      'to prove it by was altered or cannot be read',
    );
    await again.close();
    rmSync(dataDir, { recursive: true });
  });

  it('when a position or a hash of it was altered, is made anew from the log, and the keeper is told', async () => {
    const { body } = await forum.call('GET', '/api/v1/audit/checkpoint');
    const file = join(forum.dataDir, 'tree', 'leaves');
    const bytes = readFileSync(file);
    bytes.writeUInt8(0x5a, 2 * 40 + 5);
    writeFileSync(file, bytes);
    await until(async () => (await page('/audit/log', auditor.token)).includes('to prove it by was altered'));
    // By what it is found first: a position, or the root of the whole.
    expect(await page('/audit/log', auditor.token)).toMatch(
      /what the tree kept of the log was altered: the (?:log has an event at position 3|tree&#39;s files were changed)/,
    );
    await until(async () => (await forum.call('GET', '/api/v1/audit/checkpoint')).status === 200);
    expect(String(body).split('\n')[0]).toBe(
      String((await forum.call('GET', '/api/v1/audit/checkpoint')).body).split('\n')[0],
    );
    expect(readFileSync(file).readBigUInt64BE(2 * 40)).toBe(3n);
    expect(readFileSync(`${file}.altered`).readUInt8(2 * 40 + 5)).toBe(0x5a);
    expect(await readiness()).toMatchObject({ status: 'ready' });
  });
});

describe('a view that an auditor finds to differ from the log', () => {
  it('is told by readiness, metrics and the pages of staff at once, until it is found equal', async () => {
    const before = writeTitle('Altered');
    expect(await readiness()).toMatchObject({ status: 'ready', reasons: [] });
    expect(await verify()).toMatchObject({ equal: false });
    expect(await readiness()).toMatchObject({ status: 'degraded', reasons: [expect.stringMatching(WHAT)] });
    expect(await metrics()).toContain('colloquy_findings 1');
    for (const path of PAGES_OF_AUDITORS) {
      const html = await page(path, auditor.token);
      expect(html).toContain(TITLE);
      expect(html).toMatch(WHAT);
      expect(html).toContain('colloquy replay --view post-list');
    }
    expect(await page('/moderation/log', moderator.token)).toContain(TITLE);
    writeTitle(before);
    expect(await verify()).toMatchObject({ equal: true });
    expect(await readiness()).toMatchObject({ status: 'ready', reasons: [] });
    expect(await metrics()).toContain('colloquy_findings 0');
    expect(await page('/audit/log', auditor.token)).not.toContain(TITLE);
  });

  it('is not told to readers', async () => {
    const reader = await forum.member('a-reader');
    writeTitle('Altered');
    await verify();
    expect(await page('/', reader.token)).not.toContain(TITLE);
    expect(await page('/')).not.toMatch(WHAT);
  });
});

describe('an event that is altered under a running forum', () => {
  it('is told by readiness, metrics and the pages of staff without a restart', async () => {
    // A signed checkpoint is of a tree that has all events.
    expect((await forum.call('GET', '/api/v1/audit/checkpoint')).status).toBe(200);
    const log = new Database(join(forum.dataDir, 'log.db'));
    const position = eventsByHand(log).find(({ type }) => type === 'PostPublished.v1')?.position ?? 0n;
    changeByHand(log, position, ({ data }) => ({ data: { ...trusted<object>(data), title: 'Swapped' } }));
    log.close();
    const what = `the event at position ${position} was altered since it was recorded`;
    await waitUntil(async () => JSON.stringify(await readiness()).includes('degraded'));
    expect(await readiness()).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining(what)] });
    expect(await metrics()).toMatch(/^colloquy_log_mismatch 1$/m);
    for (const path of PAGES_OF_AUDITORS) expect(await page(path, auditor.token)).toContain(what);
    expect((await forum.call('GET', '/api/v1/audit/checkpoint')).status).toBe(503);
  });
});

describe('an event that somebody puts below the first position under a running forum', () => {
  it('is acted upon by nobody, and told without a restart', async () => {
    const post = await forum.publish(await forum.admin(), { title: 'Open to all' });
    expect((await forum.call('GET', '/api/v1/audit/checkpoint')).status).toBe(200);
    const log = new Database(join(forum.dataDir, 'log.db'));
    const newest = eventsByHand(log).findLast(({ stream }) => stream === `post-${post.id}`);
    const { position, revision } = newest ?? { position: 0n, revision: 0n };
    const withdrawn = { type: 'PostWithdrawn.v1', data: { postId: post.id }, sealed: null };
    copyByHand(log, position, { ...withdrawn, position: -5n, revision: revision + 1n });
    log.close();
    await waitUntil(async () => JSON.stringify(await readiness()).includes('degraded'));
    const what = 'the log has an event at position -5 that the tree does not know';
    expect(await readiness()).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining(what)] });
    const { token } = await forum.member();
    const comment = { token, body: { body: 'To a post that nobody has withdrawn' } };
    const { status } = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, comment);
    expect([201, 503]).toContain(status);
    expect((await forum.call('GET', `/api/v1/posts/${post.id}`)).status).toBe(200);
  });
});

describe('a text that cannot be read', () => {
  it('is told by readiness, metrics and the pages of staff once it was shown', async () => {
    const { id } = await forum.publish(await forum.admin(), { title: 'Another' });
    const comment = await forum.comment(await forum.member(), id, { body: 'Sealed words' });
    const log = new Database(join(forum.dataDir, 'log.db'), { readonly: true });
    const key = eventsByHand(log)
      .find(({ stream }) => stream === `comment-${comment.id}`)
      ?.sealed?.subarray(1, 17);
    log.close();
    const vault = new Database(join(forum.dataDir, 'vault.db'));
    deleteKeyByHand(vault, Buffer.from(key ?? []).toString('hex'));
    vault.close();
    const history = await forum.done('GET', `/api/v1/comments/${comment.id}/history`);
    expect(history).toMatchObject([{ body: null, unreadable: true }]);
    const what = `1 sealed part cannot be read; the last: what is sealed in comment-${comment.id} (CommentPosted.v1)`;
    expect(await readiness()).toMatchObject({ status: 'degraded', reasons: [expect.stringContaining(what)] });
    expect(await metrics()).toContain('colloquy_findings 1');
    const html = await page('/audit/log', auditor.token);
    expect(html).toContain(what);
    expect(html).toContain('Look for the missing key in the newest backup of vault.db');
  });
});

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
