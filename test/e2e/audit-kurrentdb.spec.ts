import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Comment, LogEvent, Post, VerifiedView } from '../../libs/client/index.ts';
import { eventLine } from '../../libs/event-store/index.ts';
import { type KurrentDbServer, startKurrentDbServer } from '../kurrentdb-server/server.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(120_000);

let dir: string;
let server: KurrentDbServer;
let forum: RunningForum;
let auditor: TestMember;
let moderator: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-audit-kurrentdb-'));
  server = await startKurrentDbServer({ dir: join(dir, 'log') });
  forum = await startForum({ env: { EVENT_STORE_URL: server.url, DATA_DIR: join(dir, 'node') } });
  auditor = await forum.member('the-auditor', ['auditor']);
  moderator = await forum.member('the-moderator', ['moderator']);
  const writer = await forum.member('the-writer');
  post = await forum.publish(await forum.admin());
  comment = await forum.comment(writer, post.id, { body: 'A text that was taken away' });
  await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action: 'remove', reason: 'spam', revision: comment.revision },
  });
});
afterAll(async () => {
  await forum?.close();
  await server?.close();
  rmSync(dir, { recursive: true });
});

interface Events {
  readonly items: readonly LogEvent[];
  readonly next: string | null;
}

/** Questions that need the index are answered once it is built. */
async function events(query: string): Promise<Events> {
  for (;;) {
    const { status, body } = await forum.call('GET', `/api/v1/audit/events${query}`, { token: auditor.token });
    if (status === 200) return JSON.parse(JSON.stringify(body));
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'not_caught_up' } });
  }
}

test('events are told as they stand in the log, whose positions have gaps, and found by who, what, where and when', async () => {
  const first = await events('?limit=2');
  const rest = await events(`?after=${first.next}&limit=1000`);
  const all = [...first.items, ...rest.items];
  const lines: string[] = [];
  for await (const event of forum.forum.log.store.readAll()) lines.push(eventLine(event));
  expect(all.map((item) => JSON.stringify(item))).toEqual(lines.slice(0, all.length));
  expect(all.length).toBeGreaterThan(5);
  const last = all.at(-1);
  expect((await events(`?before=${last?.position}&limit=1`)).items).toEqual([all.at(-2)]);

  expect(await events(`?actor=the-moderator&type=CommentDecided`)).toMatchObject({
    items: [{ type: 'CommentDecided.v1', stream: `comment-${comment.id}` }],
    next: null,
  });
  const [decided] = (await events('?type=CommentDecided')).items;
  expect(await events(`?correlation=${decided?.correlationId}`)).toEqual({ items: [decided], next: null });
  const from = await events(`?from=${decided?.recordedAt}&limit=1000`);
  const before = await events(`?to=${decided?.recordedAt}&limit=1000`);
  expect([...before.items, ...from.items].slice(0, all.length)).toEqual(all);
});

test('a number that is no event’s is looked up before the log is asked: pages, exports, single events', async () => {
  const { items } = await events('?limit=1000');
  const [one, two] = [items[2], items[3]];
  const between = BigInt(one?.position ?? '0') + 1n;
  expect((await events(`?after=${between}&limit=1`)).items).toEqual([two]);
  expect((await events(`?before=${between}&limit=1`)).items).toEqual([one]);
  expect((await events(`?before=9223372036854775807&limit=1`)).items).toHaveLength(1);
  expect((await events(`?after=9223372036854775807&limit=1`)).items).toEqual([]);
  for (const position of [between, 9223372036854775807n]) {
    const { status, body } = await forum.call('GET', `/api/v1/audit/events/${position}`, { token: auditor.token });
    expect({ status, body }).toMatchObject({ status: 404, body: { code: 'not_found' } });
  }
  const headers = { accept: 'application/x-ndjson', authorization: `Bearer ${auditor.token}` };
  const file = await fetch(`${forum.url}/api/v1/audit/events?after=${between}`, { headers });
  expect((await file.text()).split('\n')[0]).toBe(JSON.stringify(two));
});

test('a view is verified, the forum is shown as it stood', async () => {
  const verified = await forum.done<VerifiedView>('POST', '/api/v1/audit/views/thread/verifications', {
    token: auditor.token,
  });
  expect(verified).toMatchObject({ name: 'thread', equal: true, difference: null, live: verified.rebuilt });

  const [decided] = (await events('?type=CommentDecided')).items;
  const { headers, status } = await forum.call('POST', '/audit/scratch', {
    token: auditor.token,
    raw: `until=${BigInt(decided?.position ?? '0') - 1n}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(status).toBe(303);
  const area = headers.get('location') ?? '';
  const stood = String((await forum.call('GET', `${area}/posts/${post.id}`, { token: auditor.token })).body);
  expect(stood).toContain('A text that was taken away');
  expect(stood).not.toContain('>removed<');
});
