import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { asIfQuiet, longestHold } from '../support/main-thread.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(120_000);

/** Milliseconds for which one request may hold the event loop. */
const MOST_HELD = 50;

let forum: RunningForum;
let admin: TestMember;
let member: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({});
  admin = await forum.admin();
  member = await forum.member('somchai');
  post = await forum.publish(admin);
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
}, 60_000);
afterAll(() => forum?.close());

/** One letter with marks of two classes in turn, which normalising sorts. */
const marked = (length: number): string => `a${'\u0301\u0323'.repeat(length / 2)}`;

interface Sent {
  readonly by: TestMember | null;
  readonly raw: string;
  readonly type: 'application/json' | 'application/x-www-form-urlencoded';
}

/** The bytes as they are, which more of fit into a form than of escapes. */
function form(fields: Readonly<Record<string, string>>, by: TestMember | null = null): Sent {
  const raw = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return { by, raw: raw.join('&'), type: 'application/x-www-form-urlencoded' };
}

function json(body: object, by: TestMember | null = null): Sent {
  return { by, raw: JSON.stringify(body), type: 'application/json' };
}

const guest = { name: 'Sokha', email: 'sokha@example.org' };
const account = { handle: 'dara', displayName: 'Dara', email: 'dara@example.org', password: PASSWORD };

const WAYS: Readonly<Record<string, () => readonly [method: string, path: string, sent: Sent]>> = {
  'a comment': () => ['POST', `/api/v1/posts/${post.id}/comments`, json({ body: marked(9_998) }, member)],
  'a comment that is too long': () => [
    'POST',
    `/api/v1/posts/${post.id}/comments`,
    json({ body: marked(39_998) }, member),
  ],
  'a comment of a guest': () => ['POST', `/api/v1/posts/${post.id}/comments`, json({ body: marked(9_998), guest })],
  'the form of comments': () => ['POST', `/posts/${post.slug}/comments`, form({ body: marked(30_000) }, member)],
  'the form of comments, for guests': () => [
    'POST',
    `/posts/${post.slug}/comments`,
    form({ body: marked(30_000), ...guest }),
  ],
  'a preview': () => ['POST', '/api/v1/previews', json({ body: marked(9_998) }, member)],
  'a draft': () => ['PUT', '/api/v1/members/me/drafts', json({ postId: post.id, body: marked(9_998) }, member)],
  'the body of a post': () => ['POST', '/api/v1/posts', json({ title: 'Marks', body: marked(199_998) }, admin)],
  'the title of a post': () => ['POST', '/api/v1/posts', json({ title: marked(199_998), body: 'Marks' }, admin)],
  'the draft of a post': () => [
    'PUT',
    `/api/v1/post-drafts/${newId()}`,
    json({ title: 'Marks', body: marked(199_998) }, admin),
  ],
  'the form of posts': () => [
    'POST',
    '/write',
    form({ id: newId(), title: marked(100_000), body: 'x', do: 'draft', kind: 'article', locale: 'en' }, admin),
  ],
  'a new account': () => ['POST', '/api/v1/members', json({ ...account, displayName: marked(30_000) })],
  'the form of new accounts': () => ['POST', '/register', form({ ...account, displayName: marked(15_000) })],
  'the handle in the form of new accounts': () => ['POST', '/register', form({ ...account, handle: marked(15_000) })],
  'the form of signing in': () => ['POST', '/sign-in', form({ login: marked(7_000), password: marked(7_000) })],
  'the form of appeals': () => ['POST', '/appeal', form({ text: marked(15_000), login: 'a', password: 'b' })],
  'a search': () => ['GET', `/search?q=${encodeURIComponent(marked(1_200))}`, form({})],
};

it.each(Object.entries(WAYS))('%s holds the forum up for no letter with many marks', async (_, asked) => {
  const [method, path, { by, raw, type }] = asked();
  let status = 0;
  const held = await longestHold(async () => {
    const answer = await fetch(forum.url + path, {
      method,
      redirect: 'manual',
      headers: { 'content-type': type, ...(by === null ? {} : { authorization: `Bearer ${by.token}` }) },
      ...(method === 'GET' ? {} : { body: raw }),
    });
    status = answer.status;
    for await (const _ of answer.body ?? []);
  });
  expect(held > MOST_HELD ? held / asIfQuiet(1) : held).toBeLessThan(MOST_HELD);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
});

it('is refused with the place where it has too many', async () => {
  const body = { body: `b${marked(40)}` };
  const answer = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token: member.token, body });
  expect([answer.status, answer.body]).toMatchObject([
    400,
    { errors: [{ field: 'body', message: 'has more than 30 marks on one letter, at character 2' }] },
  ]);
});
