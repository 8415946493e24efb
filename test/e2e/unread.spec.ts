import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import type { AskedErasure, LogEvent, Page, Post } from '../../libs/client/index.ts';
import { EmailNames } from '../../src/commands/email-name.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { GetVisits } from '../../src/views/shelf/shelf.query-types.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';
import { unzipped } from '../support/unzipped.ts';

let forum: RunningForum;
let admin: TestMember;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
});
afterAll(() => forum.close());

const HOUR_MS = 3_600_000;
const { now: realNow } = Date;

/** A page as a device without a cookie of earlier visits sees it, so many hours from now. */
async function seen(by: TestMember, path: string, hours: number): Promise<string> {
  Date.now = () => realNow() + hours * HOUR_MS;
  try {
    const answer = await forum.call('GET', path, { headers: { cookie: `colloquy_session=${by.token}` } });
    return String(answer.body);
  } finally {
    Date.now = realNow;
  }
}

async function isKept(by: TestMember, post: Post): Promise<void> {
  const { app } = forum.forum;
  const { names } = app.get<{ names: EmailNames }>(MemberLookup);
  const id = names.kept(by.member.id, ['visit', post.id]);
  await until(async () => (await app.get(QueryBus).execute(new GetVisits(by.member.id, [id]))).size === 1);
}

test('what is new since the last visit is marked on every device, and counted in the lists', async () => {
  const reader = await forum.member('reading');
  const post = await forum.publish(admin, { title: 'Discussed' });
  const old = await forum.comment(admin, post.id, { body: 'Old' });
  const path = `/posts/${post.slug}`;
  expect(await seen(reader, path, 0)).not.toContain('data-next-unread');
  await isKept(reader, post);
  expect(await seen(reader, '/', 1)).not.toContain('class="count new"');
  const answer = await forum.comment(admin, post.id, { parentId: old.id, body: 'New answer' });
  await forum.comment(reader, post.id, { body: 'My own is no news' });
  const fresh = await forum.comment(admin, post.id, { body: 'New comment' });
  for (const list of ['/', `/archive/${post.publishedAt.slice(0, 7).replace('-', '/')}`]) {
    expect(await seen(reader, list, 1)).toMatch(
      new RegExp(`<a class="count new" href="/comments/${answer.id}">2 new</a>`),
    );
  }
  const html = await seen(reader, path, 1);
  expect(html).toContain('2 new comments since your last visit');
  expect(html).toMatch(new RegExp(`href="/comments/${answer.id}"[^>]*data-next-unread`));
  expect(html.match(/class="badge new"/g)).toHaveLength(2);
  expect(html.indexOf('class="badge new"')).toBeGreaterThan(html.indexOf(`id="comment-${answer.id}"`));
  expect(html).toContain(`"unread":["${answer.id}","${fresh.id}"]`);
  const anonymous = String((await forum.call('GET', path)).body);
  expect(anonymous).not.toContain('class="badge new"');
  expect(await seen(await forum.member('another-reader'), path, 1)).not.toContain('class="badge new"');
});

test('what the lists count is what the discussion marks, within one visit too, and reading it ends it', async () => {
  const reader = await forum.member('often-reading');
  const post = await forum.publish(admin, { title: 'Often read' });
  const path = `/posts/${post.slug}`;
  await seen(reader, path, 0);
  await isKept(reader, post);
  for (const body of ['First news', 'Second news']) {
    const fresh = await forum.comment(admin, post.id, { body });
    const [, first, words] = countIn(await seen(reader, '/', 0), post) ?? [];
    expect([first, words]).toEqual([fresh.id, '1 new']);
    expect(await seen(reader, path, 0)).toContain(`"unread":["${fresh.id}"]`);
    await until(async () => countIn(await seen(reader, '/', 0), post) === null);
    // As long as nothing else comes, the marks stay: the reader turns pages.
    expect(await seen(reader, path, 0)).toContain(`"unread":["${fresh.id}"]`);
  }
  expect(countIn(await seen(reader, '/', 0.9), post)).toBeNull();
  expect(await seen(reader, path, 0.9)).toContain('"unread":[]');
});

/** The number of new comments that a list tells at a post, with the first of them. */
function countIn(list: string, post: Post): RegExpExecArray | null {
  const entry = list.split('<article').find((part) => part.includes(`/posts/${post.slug}"`)) ?? '';
  return /class="count new" href="\/comments\/([^"]+)">([^<]+)</.exec(entry);
}

test('a visit begins where a program says that a discussion is seen, and with no discussion that is not there', async () => {
  const reader = await forum.member('seeing-reader');
  const post = await forum.publish(admin, { title: 'Seen elsewhere' });
  const old = await forum.comment(admin, post.id, { body: 'Old' });
  const begin = (postId: string, body: object) =>
    forum.call('PUT', `/api/v1/posts/${postId}/visit`, { token: reader.token, body });
  expect(await begin(post.id, { position: old.position })).toMatchObject({ status: 204 });
  expect(await seen(reader, '/', 0)).not.toContain('class="count new"');
  expect(await begin(post.id, { position: old.position, begins: true })).toMatchObject({ status: 204 });
  await isKept(reader, post);
  const fresh = await forum.comment(admin, post.id, { body: 'New' });
  expect(await seen(reader, `/posts/${post.slug}`, 0)).toContain(`"unread":["${fresh.id}"]`);
  const nowhere = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e4001';
  expect(await begin(nowhere, { position: '1', begins: true })).toMatchObject({ status: 404 });
  expect(await begin(post.id, { position: '1', begins: 'yes' })).toMatchObject({ status: 400 });
});

test('a member switches it off, and nothing is kept any more', async () => {
  const reader = await forum.member('private-reader');
  const post = await forum.publish(admin);
  await seen(reader, `/posts/${post.slug}`, 0);
  await isKept(reader, post);
  const settings = '/settings/notifications';
  expect(await seen(reader, settings, 0)).toContain('The forum keeps, sealed, where you stopped reading');
  const headers = {
    cookie: `colloquy_session=${reader.token}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const answer = await forum.call('POST', `${settings}/visits`, { headers, raw: 'kept=0' });
  expect(answer.status).toBe(303);
  expect(await seen(reader, settings, 0)).toContain('Only this browser remembers it.');
  await forum.comment(admin, post.id);
  expect(await seen(reader, '/', 1)).not.toContain('class="count new"');
  await seen(reader, `/posts/${post.slug}`, 1);
  await forum.call('POST', `${settings}/visits`, { headers, raw: 'kept=1' });
  const types = (await eventsOf(reader)).map(({ type }) => type).filter((type) => type.startsWith('Visit'));
  expect(types).toEqual(['VisitKept.v1', 'VisitsTurned.v1', 'VisitsTurned.v1']);
});

test('the log does not tell what was read; the download does, and an erasure takes it', async () => {
  const reader = await forum.member('erased-reader');
  const post = await forum.publish(admin);
  await seen(reader, `/posts/${post.slug}`, 0);
  await isKept(reader, post);
  const [kept] = (await eventsOf(reader)).filter(({ type }) => type === 'VisitKept.v1');
  expect(kept?.data).toEqual({ memberId: reader.member.id, visitId: expect.any(String) });
  expect(JSON.stringify(kept)).not.toContain(post.id);
  const headers = { authorization: `Bearer ${reader.token}` };
  const zip = await fetch(`${forum.url}/api/v1/members/me/data`, { headers });
  const files = await unzipped(Buffer.from(await zip.arrayBuffer()));
  expect(JSON.parse(files['visits.json'] ?? '')).toMatchObject([{ what: 'VisitKept.v1', postId: post.id }]);
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', {
    token: reader.token,
    body: { comments: 'keep', password: PASSWORD, immediately: true },
  });
  await until(
    async () => (await forum.done<{ state: string }>('GET', `/api/v1/erasures/${erasureId}`)).state === 'done',
  );
  const path = '/api/v1/audit/events?type=KeyDestroyed.v1&limit=100';
  const { items } = await forum.done<Page<LogEvent>>('GET', path, { token: admin.token });
  expect(items.map(({ data }) => Reflect.get(Object(data), 'stream'))).toContain(`visits-${reader.member.id}`);
});

async function eventsOf(by: TestMember): Promise<readonly LogEvent[]> {
  const path = `/api/v1/audit/events?actor=${by.member.id}&limit=100`;
  return (await forum.done<Page<LogEvent>>('GET', path, { token: admin.token })).items;
}

test('what an ignored member writes is folded, is not new, and its words are in no list of changes', async () => {
  const [reader, loud] = [await forum.member('in-peace'), await forum.member('loud')];
  const post = await forum.publish(admin, { title: 'Noise' });
  const path = `/posts/${post.slug}`;
  await seen(reader, path, 0);
  await isKept(reader, post);
  const noise = await forum.comment(loud, post.id, { body: 'Much noise' });
  const calm = await forum.comment(admin, post.id, { body: 'Calm words' });
  const isFolded = (html: string): boolean => html.includes('<details class="ignored"><summary dir="auto">');
  const tells = (n: number, id: string): string => `<a class="count new" href="/comments/${id}">${n} new</a>`;
  expect(await seen(reader, '/', 1)).toContain(tells(2, noise.id));
  await forum.call('PUT', `/api/v1/members/${loud.member.id}/ignore`, { token: reader.token });
  expect(await seen(reader, '/', 1)).toContain(tells(1, calm.id));
  const html = await seen(reader, path, 1);
  expect(isFolded(html)).toBe(true);
  expect(html).toContain('1 new comment since your last visit');
  expect(html.split('Much noise')).toHaveLength(2);
  expect(isFolded(await seen(admin, path, 1))).toBe(false);
});
