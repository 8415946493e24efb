import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Comment, LogEvent, Post, VerifiedView, ViewFigures } from '../../libs/client/index.ts';
import { formatPosition, type Json } from '../../libs/kernel/index.ts';
import { VAULT, type Vault } from '../../libs/vault/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { longPolicy } from '../support/largest-forum.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import { newId } from '../support/running-forum.ts';

jest.setTimeout(120_000);

let live: LiveForum;
let auditor: TestMember;
let moderator: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  live = await startLiveForum();
  auditor = await live.forum.member('the-auditor', ['auditor']);
  moderator = await live.forum.member('the-moderator', ['moderator']);
  post = await live.forum.publish(await live.forum.admin());
  comment = await live.forum.comment(live.writer, post.id, { body: 'A text that was taken away' });
  await live.forum.done('POST', `/api/v1/comments/${comment.id}/reports`, {
    token: live.reader.token,
    body: { reason: 'spam', note: 'A note to moderators' },
  });
  await live.forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action: 'remove', reason: 'spam', revision: comment.revision },
  });
});
afterAll(async () => {
  live.closeSockets();
  await live.forum.close();
});

const page = async (path: string, by = auditor): Promise<string> => {
  const { status, body } = await live.forum.call('GET', path, { token: by.token });
  expect({ path, status }).toEqual({ path, status: 200 });
  return String(body);
};
const press = (path: string, raw = '') =>
  live.forum.call('POST', path, {
    token: auditor.token,
    raw,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
async function only(type: string): Promise<LogEvent> {
  const query = `/api/v1/audit/events?type=${type}`;
  const { items } = await live.forum.done<{ items: readonly LogEvent[] }>('GET', query, { token: auditor.token });
  const [event] = items;
  if (event === undefined || items.length > 1) throw new Error(`${items.length} events are ${type}`);
  return event;
}

/** A post of 5 October 2015 with comments of the 5th and the 7th, and an answer to that one whose date is before it. */
async function recordImported(): Promise<{ readonly post: string }> {
  const { log, views, app } = live.forum.forum;
  const vault = app.get<Vault>(VAULT);
  const [postId, first, second, answer] = [newId(), newId(), newId(), newId()];
  const source = { kind: 'wordpress', site: 'https://blog.example.org', id: '1' };
  const record = async (stream: string, type: string, day: number, told: { data: Json; personal?: object }) => {
    const id = newId();
    const sealed = told.personal ? await vault.seal(await vault.takeKey(), told.personal, { id, stream, type }) : null;
    const occurredAt = new Date(Date.UTC(2015, 9, day, 8)).toISOString();
    const by = { actor: 'import:wordpress', correlationId: newId(), causationId: null, occurredAt };
    const event = { id, type, data: told.data, sealed, ...by };
    const { position } = await log.store.append(stream, [event], 'no-stream');
    await views.reached(position);
  };
  const comment = (commentId: string, day: number, parentId: string | null) =>
    record(`comment-${commentId}`, 'CommentPosted.v1', day, {
      data: {
        commentId,
        postId,
        parentId,
        rootId: parentId ?? commentId,
        depth: parentId === null ? 0 : 1,
        authorId: null,
        source,
      },
      personal: { body: 'Then.', author: { displayName: `A guest of ${day}`, email: null, url: null } },
    });
  const content = { title: 'A post of 2015', slug: 'then', body: 'Then.', excerpt: null, tags: [], locale: 'en' };
  const kept = { kind: 'post', publishAt: '2015-10-05T08:00:00.000Z', authorId: null, byline: 'Guest', source };
  await record(`post-${postId}`, 'PostPublished.v1', 5, { data: { postId, ...content, ...kept } });
  await comment(first, 5, null);
  await comment(second, 7, null);
  await comment(answer, 4, second);
  return { post: postId };
}

describe('an event', () => {
  it('leads from the report over the decision, and back', async () => {
    const [posted, report, decision] = [
      await only('CommentPosted'),
      await only('CommentReported'),
      await only('CommentDecided'),
    ];
    const [causes = '', effects = ''] = (await page(`/audit/events/${decision.position}`)).split('What it led to');
    expect(causes).toContain(`href="/audit/events/${report.position}">CommentReported.v1`);
    expect(causes.indexOf(`/${posted.position}">CommentPosted`)).toBeGreaterThan(
      causes.indexOf(`/${report.position}">CommentReported`),
    );
    expect(effects).toContain('Nothing that the log knows of.');
    const [, led = ''] = (await page(`/audit/events/${posted.position}`)).split('What it led to');
    expect(led.indexOf('CommentDecided.v1')).toBeGreaterThan(led.indexOf('CommentReported.v1'));
  });

  it('opens its personal part when that is asked for, and the look is recorded; passwords are opened for nobody', async () => {
    const report = await only('CommentReported');
    expect(await page(`/audit/events/${report.position}`)).not.toContain('A note to moderators');
    expect(await page(`/audit/events/${report.position}?open=1`)).toContain('A note to moderators');
    expect(await page('/audit/log?kind=look')).toContain(comment.id.slice(0, 8));
    const { items } = await live.forum.done<{ items: readonly LogEvent[] }>(
      'GET',
      '/api/v1/audit/events?type=MemberRegistered&limit=1',
      { token: auditor.token },
    );
    const member = await page(`/audit/events/${items[0]?.position}?open=1`);
    expect(member).toContain('Shown to nobody: email, passwordHash');
    expect(member).not.toContain('argon2id$');
    expect(member).not.toContain('@example.org');
  });

  it('tells the rows that each view has made of it', async () => {
    const decision = await only('CommentDecided');
    const { status, headers } = await press(`/audit/events/${decision.position}/touched`);
    expect([status, headers.get('location')]).toEqual([303, `/audit/events/${decision.position}#views`]);
    const shown = await page(`/audit/events/${decision.position}`);
    expect(shown).toMatch(/moderation-log[\s\S]+entry: added/);
    expect(shown).toMatch(/thread[\s\S]+comment: changed/);
  });
});

describe('the views', () => {
  it('are told with their digests, and equal what is built anew', async () => {
    const figures = await live.forum.done<readonly ViewFigures[]>('GET', '/api/v1/audit/views', {
      token: auditor.token,
    });
    const thread = figures.find(({ name }) => name === 'thread');
    const verified = await live.forum.done<VerifiedView>('POST', '/api/v1/audit/views/thread/verifications', {
      token: auditor.token,
    });
    expect(verified).toMatchObject({ name: 'thread', equal: true, difference: null, live: verified.rebuilt });
    expect(thread).toMatchObject({ version: verified.version, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const { status } = await live.forum.call('POST', '/api/v1/audit/views/nothing/verifications', {
      token: auditor.token,
    });
    expect(status).toBe(404);
  });

  it('are verified from the page, which tells what was found; one that was bent is told with its row', async () => {
    const { forum } = live.forum;
    const { default: Database } = await import('better-sqlite3');
    const file = forum.views.db('moderation-log').name;
    const bent = new Database(file);
    bent.prepare("UPDATE entry SET action = 'nothing' WHERE action = 'remove'").run();
    bent.close();
    const { status, headers } = await press('/audit/views/moderation-log/verifications');
    expect([status, headers.get('location')]).toEqual([303, '/audit/views?done=begun']);
    let shown = '';
    while (!shown.includes('Different at position')) shown = await page('/audit/views');
    expect(shown).toContain('table entry, row ');
  });

  it('are verified all in one press, one after the other', async () => {
    const names = live.forum.forum.views.state().map(({ name }) => name);
    const { status, headers } = await press('/audit/views/verifications');
    expect([status, headers.get('location')]).toEqual([303, '/audit/views?done=begun']);
    let found: readonly string[] = [];
    while (found.length < names.length) {
      const shown = await page('/audit/views');
      found = names.filter((name) => new RegExp(`>${name}</th>(?:(?!</tr>)[\\s\\S])*(Equal|Different)`).test(shown));
    }
    expect(found).toEqual(names);
  });

  it('are told when their verification failed, and why, until the next one comes to an answer', async () => {
    const { forum } = live.forum;
    const { default: Database } = await import('better-sqlite3');
    const bent = new Database(forum.views.db('moderation-log').name);
    bent.exec('ALTER TABLE entry RENAME TO mislaid');
    await press('/audit/views/moderation-log/verifications');
    let shown = '';
    while (!shown.includes('Not verified at')) shown = await page('/audit/views');
    expect(shown).toMatch(/Not verified at [^<]*entry/);

    bent.exec('ALTER TABLE mislaid RENAME TO entry');
    bent.close();
    await press('/audit/views/moderation-log/verifications');
    while (shown.includes('Not verified at')) shown = await page('/audit/views');
    expect(shown).toContain('table entry, row ');
  });
});

describe('the forum as it stood', () => {
  it('is read as it was at a position, hidden comments too, and is gone once it is deleted', async () => {
    const decision = await only('CommentDecided');
    const { headers } = await press('/audit/scratch', `until=${BigInt(decision.position) - 1n}`);
    const area = headers.get('location') ?? '';
    const posts = await page(area);
    expect(posts).toContain(post.title);
    const before = await page(`${area}/posts/${post.id}`);
    expect(before).toContain('A text that was taken away');
    expect(before).not.toContain('>removed<');
    const after = (await press('/audit/scratch', `until=${decision.position}`)).headers.get('location') ?? '';
    expect(await page(`${after}/posts/${post.id}`)).toContain('>removed<');
    expect((await press(`${area}/drop`)).status).toBe(303);
    expect((await live.forum.call('GET', area, { token: auditor.token })).status).toBe(404);
  });

  it('is read by a date as an imported discussion had happened by then, or as the log had recorded it', async () => {
    const ids = await recordImported();

    const stood = async (by: string): Promise<readonly string[]> => {
      const area = (await press('/audit/scratch', `until=2015-10-06&by=${by}`)).headers.get('location') ?? '';
      const posts = await page(area);
      const thread = posts.includes('A post of 2015') ? await page(`${area}/posts/${ids.post}`) : '';
      await press(`${area}/drop`);
      return [
        ...(posts.includes('A post of 2015') ? ['the post'] : []),
        ...(posts.includes(`>${post.title}<`) ? ['the post of today'] : []),
        ...[...thread.matchAll(/A guest of \d/g)].map(([name]) => name),
      ];
    };

    expect(await stood('happened')).toEqual(['the post', 'A guest of 5']);
    expect(await stood('recorded')).toEqual([]);
  });

  const FORMS = 'A position such as 1234, or a time such as 2015-10-31 14:00.';
  it.each([
    ['999999999', 'The log does not go that far yet.'],
    ['2999-01-01', 'The log does not go that far yet.'],
    ['yesterday', FORMS],
    ['-4', FORMS],
    ['', FORMS],
  ])('refuses %j at its field, and says what it takes', async (until, told) => {
    const { status, body } = await press('/audit/scratch', `until=${encodeURIComponent(until)}`);
    expect(status).toBe(400);
    expect(String(body)).toContain(`id="until-error">${told}`);
  });
});

describe('the pages', () => {
  it.each([
    ['?type=nothing', 'type', 'A type such as CommentPosted'],
    ['?from=2016-13-01', 'from', 'A day such as 2015-10-31, or a moment such as 2015-10-31 14:00.'],
    ['?to=soon', 'to', 'A day such as 2015-10-31, or a moment such as 2015-10-31 14:00.'],
    ['?from=2016-01-01&to=2015-01-01', 'to', 'The last day must not be before the first.'],
  ])('tell what is wrong with %s', async (query, field, told) => {
    const { status, body } = await live.forum.call('GET', `/audit/events${query}`, { token: auditor.token });
    expect(status).toBe(400);
    expect(String(body)).toContain(`id="${field}-error">${told}`);
  });

  it('show a moderator its own looks, and no way to the rest', async () => {
    const shown = await page('/audit/log', moderator);
    expect(shown).not.toContain('href="/audit/events');
  });
});

describe('the log, live', () => {
  it('is sent to auditors as it grows, and to nobody else', async () => {
    const [joined, other] = [
      await live.connect({ token: auditor.token }),
      await live.connect({ token: moderator.token }),
    ];
    expect(await joined.ask('audit:join', {})).toEqual({ ok: true, position: expect.any(String), items: [] });
    expect(await other.send('audit:join', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const written = await live.forum.comment(live.writer, post.id);
    const told = () => joined.of('audit:events').flatMap(({ items }) => items);
    await joined.until(() => told().some(({ stream }) => stream === `comment-${written.id}`));
    expect(told().find(({ stream }) => stream === `comment-${written.id}`)).toMatchObject({
      type: 'CommentPosted.v1',
      actor: live.writer.member.id,
      position: expect.any(String),
    });
    expect(other.of('audit:events')).toEqual([]);
  });

  it('has a long event without its contents, and the others of its frame as they are', async () => {
    const joined = await live.connect({ token: auditor.token });
    const before = formatPosition(await live.forum.forum.log.store.head());
    const admin = await live.forum.admin();
    const body = { version: 0, ...longPolicy() };
    await live.forum.done('PUT', '/api/v1/moderation/policy', { token: admin.token, body });
    const long = await only('PolicySet');
    expect(JSON.stringify(long.data).length).toBeGreaterThan(64 * 1024);

    const written = await live.forum.comment(live.writer, post.id);
    const ofComment = `/api/v1/audit/events?stream=comment-${written.id}`;
    const { items } = await live.forum.done<{ items: readonly LogEvent[] }>('GET', ofComment, { token: auditor.token });
    const answer = await joined.ask('audit:join', { after: before });
    const missed = 'items' in answer ? answer.items : [];
    const told = () => [...missed, ...joined.of('audit:events').flatMap((frame) => frame.items)];
    await joined.until(() => told().some(({ position }) => BigInt(position) >= BigInt(items[0]?.position ?? 0)));
    const short = { ...long, data: {}, sealed: null, shortened: true };
    expect(told()).toEqual(expect.arrayContaining([short, ...items]));
  });
});

describe('the page to verify by', () => {
  it('leads to the key and to the verifier, whose hash it shows and which needs no account', async () => {
    const answer = await fetch(`${live.forum.url}/audit/verifier.mjs`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, bytes.equals(readFileSync('dist/colloquy-verify.mjs'))]).toEqual([200, true]);
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="colloquy-verify.mjs"');
    const shown = await page('/audit/verify');
    expect(shown).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(shown).toContain('href="/api/v1/audit/key" download="key.txt"');
    expect(shown).toContain('/api/v1/sessions');
  });
});
