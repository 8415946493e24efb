import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Comment, LogEvent, LookEntry, Post } from '../../libs/client/index.ts';
import { eventLine } from '../../libs/event-store/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(30_000);

interface Events {
  readonly items: readonly LogEvent[];
  readonly next: string | null;
}

let forum: RunningForum;
let auditor: TestMember;
let moderator: TestMember;
let writer: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  forum = await startForum();
  auditor = await forum.member('the-auditor', ['auditor']);
  moderator = await forum.member('the-moderator', ['moderator']);
  writer = await forum.member('the-writer');
  post = await forum.publish(await forum.admin());
  comment = await forum.comment(writer, post.id);
  await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action: 'hold', revision: comment.revision },
  });
});
afterAll(() => forum.close());

const events = (query = ''): Promise<Events> =>
  forum.done('GET', `/api/v1/audit/events${query}`, { token: auditor.token });
const refused = async (query: string, headers = {}): Promise<unknown> =>
  (await forum.call('GET', `/api/v1/audit/events${query}`, { token: auditor.token, headers })).body;
const wrong = (field: string) =>
  expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ field })] });

async function logLines(): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const event of forum.forum.log.store.readAll()) lines.push(eventLine(event));
  return lines;
}

/** Questions that need the index are answered once it is built. */
async function indexed(query: string): Promise<Events> {
  for (;;) {
    const { status, body } = await forum.call('GET', `/api/v1/audit/events${query}`, { token: auditor.token });
    if (status === 200) return JSON.parse(JSON.stringify(body));
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'not_caught_up' } });
  }
}

describe('events as they stand in the log', () => {
  it('are paged upwards and downwards, each as its line', async () => {
    const first = await events('?limit=2');
    const lines = await logLines();
    expect(first.items.map((item) => JSON.stringify(item))).toEqual(lines.slice(0, 2));
    expect(first.next).toBe(first.items[1]?.position);
    const rest = await events(`?after=${first.next}&limit=1000`);
    expect(rest.next).toBeNull();
    expect([...first.items, ...rest.items].map((item) => JSON.stringify(item))).toEqual(
      lines.slice(0, first.items.length + rest.items.length),
    );
    const down = await events('?before=4&limit=2');
    expect(down.items.map((item) => JSON.stringify(item))).toEqual([lines[2], lines[1]]);
    expect(down.next).toBe('2');
  });

  it('are found by type with or without version, and by stream', async () => {
    const posted = await events('?type=CommentPosted');
    expect(posted.items.map(({ type, data }) => [type, data])).toEqual([
      ['CommentPosted.v1', expect.objectContaining({ commentId: comment.id })],
    ]);
    expect(await events('?type=CommentPosted.v1,CommentDecided.v1')).toMatchObject({
      items: [{ type: 'CommentPosted.v1' }, { type: 'CommentDecided.v1' }],
    });
    expect((await events(`?stream=comment-${comment.id}`)).items.map(({ type }) => type)).toEqual([
      'CommentPosted.v1',
      'CommentDecided.v1',
    ]);
    expect((await events('?stream=comment-*')).items).toHaveLength(2);
    expect(await events('?type=NobodyWrote.v9')).toEqual({ items: [], next: null });
    expect(await events('?stream=nothing')).toEqual({ items: [], next: null });
  });

  it('are found by actor, time, correlation and cause once the index is built', async () => {
    const byWriter = await indexed('?actor=the-writer&limit=1000');
    expect(byWriter.items.map(({ actor }) => actor)).toEqual(byWriter.items.map(() => writer.member.id));
    expect(byWriter.items.map(({ type }) => type)).toContain('CommentPosted.v1');
    const [posted] = (await events('?type=CommentPosted')).items;
    expect(await indexed(`?correlation=${posted?.correlationId}`)).toEqual({ items: [posted], next: null });
    expect(await indexed(`?actor=${moderator.member.id}&type=CommentDecided`)).toMatchObject({
      items: [{ type: 'CommentDecided.v1' }],
      next: null,
    });
    const until = posted?.recordedAt ?? '';
    const before = await indexed(`?to=${until}&limit=1000`);
    expect(before.items.every(({ recordedAt }) => recordedAt < until)).toBe(true);
    const from = await indexed(`?from=${until}&limit=1000`);
    expect(from.items[0]?.recordedAt).toBe(until);
    expect(before.items.at(-1)?.position).toBe(`${BigInt(from.items[0]?.position ?? '0') - 1n}`);
  });

  it('are none where there are none: before the first, in the future, beyond the end', async () => {
    expect(await indexed('?to=1999-01-01T00:00:00Z')).toEqual({ items: [], next: null });
    expect(await indexed('?from=2999-01-01T00:00:00Z')).toEqual({ items: [], next: null });
    expect(await events('?after=9223372036854775807')).toEqual({ items: [], next: null });
    expect(await events('?after=9999999999999999999')).toEqual({ items: [], next: null });
    expect(await events('?before=1')).toEqual({ items: [], next: null });
  });

  it.each([
    ['?after=-1', 'after'],
    ['?after=1e3', 'after'],
    ['?after=99999999999999999999', 'after'],
    ['?after=5&before=9', 'before'],
    ['?limit=0', 'limit'],
    ['?limit=1001', 'limit'],
    ['?limit=-5', 'limit'],
    ['?type=comment posted', 'type'],
    ['?type=CommentPosted.v0', 'type'],
    ['?stream=', 'stream'],
    [`?stream=${'x'.repeat(301)}`, 'stream'],
    ['?from=yesterday', 'from'],
    ['?to=2015-02-30T00:00:00Z', 'to'],
    ['?from=2016-01-01T00:00:00Z&to=2015-01-01T00:00:00Z', 'to'],
    ['?surprise=1', 'surprise'],
    ['?format=xml', 'format'],
    ['?format=csv&limit=5', 'limit'],
    ['?format=ndjson&before=5', 'before'],
  ])('refuse %s at its field', async (query, field) => {
    expect(await refused(query)).toEqual(wrong(field));
  });

  it('are one by one found at their positions', async () => {
    const [, second] = await logLines();
    const answer = await forum.call('GET', '/api/v1/audit/events/2', { token: auditor.token });
    expect(JSON.stringify(answer.body)).toBe(second);
    for (const position of ['0', '99999', '-1', 'x', '9999999999999999999']) {
      const { status } = await forum.call('GET', `/api/v1/audit/events/${position}`, { token: auditor.token });
      expect({ position, status }).toEqual({ position, status: 404 });
    }
  });
});

describe('an export', () => {
  const download = async (query: string, accept = '*/*') => {
    const authorization = `Bearer ${auditor.token}`;
    const response = await fetch(`${forum.url}/api/v1/audit/events${query}`, { headers: { authorization, accept } });
    return { headers: response.headers, body: await response.text() };
  };

  it('is every line of the log in order, names its checkpoint, and is recorded before it begins', async () => {
    const before = await logLines();
    const answer = await download('', 'application/x-ndjson');
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers.get('link')).toContain('/api/v1/audit/checkpoint');
    expect(answer.headers.get('colloquy-position')).toBe(String(before.length));
    expect(answer.body).toBe(before.map((line) => `${line}\n`).join(''));
    const [exported] = (await events('?type=Exported')).items;
    expect(exported).toMatchObject({
      actor: auditor.member.id,
      data: { what: 'events', format: 'ndjson', filter: {}, until: String(before.length) },
    });
  });

  it('is filtered as the pages are, and as CSV it runs nothing in a spreadsheet', async () => {
    const lines = (await logLines()).filter((line) => line.includes('"CommentPosted.v1"'));
    expect((await download('?format=ndjson&type=CommentPosted&actor=the-writer')).body).toBe(`${lines[0]}\n`);
    const { body } = await download('?format=csv&type=CommentPosted');
    const [head, row] = body.split('\r\n');
    expect(head?.replace('\ufeff', '')).toBe(
      'position,stream,revision,id,type,recordedAt,occurredAt,actor,correlationId,causationId,data,sealed',
    );
    expect(row).toContain(`comment-${comment.id},0,`);
  });
});

describe('the record of those who look', () => {
  const looks = async (by: TestMember, query = ''): Promise<readonly LookEntry[]> =>
    (await forum.done<{ items: readonly LookEntry[] }>('GET', `/api/v1/audit/looks${query}`, { token: by.token }))
      .items;

  it('tells who was shown which hidden comment, once for a while in each place, and nothing of what is open to all', async () => {
    await forum.done('GET', `/api/v1/posts/${post.id}/comments`, { token: moderator.token });
    await forum.done('GET', `/api/v1/posts/${post.id}/comments`, { token: moderator.token });
    await forum.done('GET', `/api/v1/posts/${post.id}/comments`, { token: writer.token });
    await forum.done('GET', `/api/v1/comments/${comment.id}`, { token: moderator.token });
    await forum.done('GET', `/api/v1/comments/${comment.id}`, { token: moderator.token });
    const all = (await looks(auditor, '?kind=look')).filter(({ comments }) => comments.includes(comment.id));
    const look = {
      position: expect.any(String),
      at: expect.any(String),
      kind: 'look',
      by: expect.objectContaining({ handle: 'the-moderator' }),
      subject: null,
      comments: [comment.id],
      members: [],
      more: 0,
    };
    expect(all).toEqual([
      { ...look, what: 'comment' },
      { ...look, what: 'thread' },
    ]);
  });

  it('tells exports and changes of roles, to auditors; a moderator reads its own looks alone', async () => {
    expect(await looks(auditor, '?kind=roles')).toMatchObject([
      { what: 'member moderator', members: [moderator.member.id], by: { handle: 'the-admin' } },
      { what: 'member auditor', members: [auditor.member.id] },
    ]);
    expect((await looks(auditor, '?kind=export'))[0]).toMatchObject({
      what: 'events csv',
      subject: 'type=CommentPosted',
    });
    let own: readonly LookEntry[] | undefined;
    while (own === undefined) own = await looks(moderator, '?member=the-auditor').catch(() => undefined);
    expect(own.map(({ by }) => by?.handle)).toEqual(own.map(() => 'the-moderator'));
    expect(own.length).toBeGreaterThan(0);
    const { status } = await forum.call('GET', '/api/v1/audit/looks', { token: writer.token });
    expect(status).toBe(403);
  });

  it('comes before what it records: without it nothing hidden is shown', async () => {
    const other = await forum.member('another-moderator', ['moderator']);
    const { store } = forum.forum.log;
    const append = jest.spyOn(store, 'append').mockRejectedValue(new Error('the disk is gone'));
    const answer = await forum.call('GET', `/api/v1/comments/${comment.id}`, { token: other.token });
    append.mockRestore();
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(answer.body)).not.toContain(comment.body);
    expect((await forum.call('GET', `/api/v1/comments/${comment.id}`, { token: other.token })).status).toBe(200);
  });
});

describe('what the policy rules', () => {
  it('is found under its name, and what was written under its author', async () => {
    await forum.done('POST', `/api/v1/members/${writer.member.id}/sanctions`, {
      token: moderator.token,
      body: { kind: 'pre-moderation', reason: 'spam' },
    });
    const held = await forum.comment(writer, post.id, { body: 'A word that waits' });
    const inStream = await events(`?stream=comment-${held.id}`);
    const [posted, judged] = inStream.items;
    expect(inStream.items).toMatchObject([
      { type: 'CommentPosted.v1', actor: writer.member.id },
      { type: 'CommentJudged.v1', actor: 'policy', correlationId: posted?.correlationId },
    ]);
    expect(await indexed('?actor=policy')).toEqual({ items: [judged], next: null });
    const byWriter = await indexed('?actor=the-writer&limit=1000&type=CommentJudged,CommentPosted');
    expect(byWriter.items.map(({ type }) => type)).toEqual(['CommentPosted.v1', 'CommentPosted.v1']);
    const page = await forum.call('GET', '/audit/events?actor=policy', {
      headers: { cookie: `colloquy_session=${auditor.token}` },
    });
    expect([page.status, String(page.body)]).toEqual([200, expect.stringContaining('<code>policy</code>')]);
    const log = await forum.done('GET', '/api/v1/moderation/log?actor=policy', { token: auditor.token });
    expect(log).toMatchObject({
      items: [{ kind: 'policy-verdict', byPolicy: true, actor: null, commentId: held.id }],
    });
  });
});
