import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Post, PostDraft, PreviewLink } from '../../libs/client/index.ts';
import { PASSWORD } from '../support/forum-account.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { REAL_TIMERS } from '../support/real-timers.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

let forum: RunningForum;
let admin: TestMember;
let mali: TestMember;
let linh: TestMember;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  mali = await forum.member('mali', ['editor']);
  linh = await forum.member('linh', ['editor']);
});
afterAll(() => forum.close());

const WORDS = 'Words-of-a-draft';
const keep = (postId: string, more: object = {}, by = mali): Promise<PostDraft> =>
  forum.done('PUT', `/api/v1/post-drafts/${postId}`, {
    token: by.token,
    body: { title: 'Half a title', body: `**${WORDS}**`, tags: ['peace'], ...more },
  });
const share = (postId: string, body: object = {}, by = mali): Promise<PreviewLink> =>
  forum.done('POST', `/api/v1/posts/${postId}/preview-links`, { token: by.token, body });
const linksOf = (postId: string): Promise<readonly PreviewLink[]> =>
  forum.done('GET', `/api/v1/posts/${postId}/preview-links`, { token: linh.token });
const pathOf = ({ url }: PreviewLink): string => new URL(url).pathname;
const opened = async (link: PreviewLink): Promise<{ readonly status: number; readonly text: string }> => {
  const { status, body } = await forum.call('GET', pathOf(link));
  return { status, text: String(body) };
};
const statusOf = async (link: PreviewLink): Promise<number> => (await opened(link)).status;
const does = (by: TestMember, method: string, path: string, body?: object) =>
  forum.done(method, path, { token: by.token, body });

test('a link shows a draft as it then is to whoever has it, says so, and is kept and indexed nowhere', async () => {
  const postId = newId();
  const { position: over } = await keep(postId);
  const link = await share(postId);
  expect(Date.parse(link.expiresAt) - Date.parse(link.madeAt)).toBeGreaterThan(29.9 * 86_400_000);
  expect(link).toMatchObject({ postId, by: { handle: 'mali' } });
  const { status, headers, body } = await forum.call('GET', pathOf(link));
  expect(status).toBe(200);
  expect(body).toContain(`<strong>${WORDS}</strong>`);
  expect(body).toContain('This is a preview. The text is not published and may still change.');
  expect(String(body)).not.toContain(pathOf(link));
  expect(body).not.toContain('canonical');
  expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  expect(headers.get('x-robots-tag')).toContain('noindex');
  await keep(postId, { body: 'The text of today.', over }, linh);
  expect((await opened(link)).text).toContain('The text of today.');
  expect(await linksOf(postId)).toEqual([link]);
  expect((await forum.call('GET', '/robots.txt')).body).toContain('Disallow: /preview/');
  for (const path of ['/', '/feed.xml', '/sitemap.xml', '/api/v1/posts', '/search?q=today', `/posts/${postId}`])
    expect(JSON.stringify((await forum.call('GET', path)).body)).not.toContain('The text of today.');
});

test('nobody else makes, lists or ends one, and no other address opens it', async () => {
  const postId = newId();
  await keep(postId);
  const link = await share(postId);
  const path = `/api/v1/posts/${postId}/preview-links`;
  const reader = await forum.member();
  for (const [by, status] of [
    [reader.token, 403],
    [undefined, 401],
  ] as const) {
    const calls = [
      await forum.call('GET', path, { token: by }),
      await forum.call('POST', path, { token: by, body: {} }),
      await forum.call('DELETE', `/api/v1/preview-links/${link.id}`, { token: by }),
    ];
    expect(calls.map((answer) => answer.status)).toEqual([status, status, status]);
  }
  const token = pathOf(link).slice('/preview/'.length);
  const wrong = [link.id, token.slice(0, -1), `${token}A`, token.toLowerCase(), `A${token.slice(1)}`, 'x'.repeat(90)];
  for (const one of wrong) {
    const { status, headers, body } = await forum.call('GET', `/preview/${one}`);
    expect([status, String(body).includes(WORDS), headers.get('x-robots-tag')]).toEqual([
      404,
      false,
      'noindex, nofollow',
    ]);
    expect(body).toContain('The link has ended or is past its date');
  }
  expect(await statusOf(link)).toBe(200);
});

test('it is made once of one command, has bounds, and is refused where nothing is to be previewed', async () => {
  const postId = newId();
  await keep(postId);
  const path = `/api/v1/posts/${postId}/preview-links`;
  const headers = { 'idempotency-key': newId() };
  const wish = { token: mali.token, body: { days: 1 }, headers };
  const [one, same] = [await forum.call('POST', path, wish), await forum.call('POST', path, wish)];
  expect([one.status, same.body]).toEqual([201, one.body]);
  for (const days of [0, 366, 1.5, '30', null])
    expect((await forum.call('POST', path, { token: mali.token, body: { days } })).status).toBe(400);
  for (let n = 1; n < 20; n += 1) await share(postId);
  expect((await linksOf(postId)).length).toBe(20);
  const more = await forum.call('POST', path, { token: mali.token, body: {} });
  expect([more.status, more.body]).toMatchObject([409, { code: 'conflict' }]);
  const out = await forum.publish(mali);
  const refused = [out.id, newId()].map((id) =>
    forum.call('POST', `/api/v1/posts/${id}/preview-links`, { token: mali.token, body: {} }),
  );
  expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([409, 404]);
});

const ENDS: Readonly<Record<string, (postId: string, link: PreviewLink, draft: PostDraft) => Promise<unknown>>> = {
  'an editor ends it': (_, link) => forum.call('DELETE', `/api/v1/preview-links/${link.id}`, { token: linh.token }),
  'its draft is thrown away': (postId, _, { position }) =>
    forum.call('DELETE', `/api/v1/post-drafts/${postId}?over=${position}`, { token: linh.token }),
  'its draft is published': (id) =>
    forum.publish(linh, { id, title: 'Half a title', body: `**${WORDS}**`, tags: ['peace'] }),
};

test.each(Object.entries(ENDS))('it ends when %s, and does not come back', async (_, end) => {
  const postId = newId();
  const draft = await keep(postId);
  const link = await share(postId);
  expect(await statusOf(link)).toBe(200);
  await end(postId, link, draft);
  expect(await statusOf(link)).toBe(404);
  const there = await forum.call('GET', `/api/v1/posts/${postId}`);
  if (there.status === 200) {
    await does(mali, 'POST', `/api/v1/posts/${postId}/withdraw`, {});
  } else await keep(postId, { over: (await draftOf(postId))?.position ?? null, body: 'Anew' });
  expect(await statusOf(link)).toBe(404);
});

async function draftOf(postId: string): Promise<PostDraft | null> {
  const { status, body } = await forum.call('GET', `/api/v1/post-drafts/${postId}`, { token: mali.token });
  return status === 200 ? (body as PostDraft) : null;
}

test('a link to a published draft leads to the post', async () => {
  const postId = newId();
  await keep(postId);
  const link = await share(postId);
  const post = await forum.publish(mali, { id: postId, title: 'Half a title', body: `**${WORDS}**`, tags: ['peace'] });
  const { status, text } = await opened(link);
  expect([status, text.includes(`href="/posts/${post.slug}"`)]).toEqual([404, true]);
  await does(mali, 'POST', `/api/v1/posts/${postId}/withdraw`, {});
  expect((await opened(link)).text).not.toContain(post.slug);
});

test('scheduled and withdrawn posts are previewed, until they are out; one that was scheduled keeps its link', async () => {
  const postId = newId();
  await keep(postId);
  const link = await share(postId);
  const publishAt = new Date(Date.now() + 3_600_000).toISOString();
  const text = { title: 'Half a title', body: `**${WORDS}**`, tags: ['peace'] };
  await forum.publish(mali, { id: postId, ...text, publishAt });
  expect((await opened(link)).text).toContain(WORDS);
  await does(mali, 'PATCH', `/api/v1/posts/${postId}`, { publishAt: new Date().toISOString() });
  expect(await statusOf(link)).toBe(404);
  await does(mali, 'POST', `/api/v1/posts/${postId}/withdraw`, {});
  expect(await statusOf(link)).toBe(404);
  const later = await share(postId);
  expect((await opened(later)).text).toContain(WORDS);
  await does(mali, 'POST', `/api/v1/posts/${postId}/bring-back`, {});
  expect(await statusOf(later)).toBe(404);
});

test('it ends at its date, whatever the clock of the reader', async () => {
  const [postId, scheduled] = [newId(), newId()];
  await keep(postId);
  const link = await share(postId, { days: 2 });
  const publishAt = new Date(Date.now() + 86_400_000).toISOString();
  await forum.publish(mali, { id: scheduled, body: WORDS, publishAt });
  const other = await share(scheduled);
  const now = Date.now();
  jest.useFakeTimers({ doNotFake: [...REAL_TIMERS], now: now + 1.5 * 86_400_000 });
  try {
    expect([await statusOf(link), await statusOf(other)]).toEqual([200, 404]);
    jest.setSystemTime(now + 2.1 * 86_400_000);
    expect([await statusOf(link), (await linksOf(postId)).length]).toEqual([404, 0]);
  } finally {
    jest.useRealTimers();
  }
});

test('a link that ended when its post came out stays ended; one to a correction counts from its own making', async () => {
  const postId = newId();
  const now = Date.now();
  await forum.publish(mali, { id: postId, body: WORDS, publishAt: new Date(now + 86_400_000).toISOString() });
  const link = await share(postId);
  expect((await opened(link)).text).toContain(WORDS);
  jest.useFakeTimers({ doNotFake: [...REAL_TIMERS], now: now + 1.5 * 86_400_000 });
  try {
    await keep(postId, { body: 'A correction' });
    expect([await statusOf(link), await linksOf(postId)]).toEqual([404, []]);
  } finally {
    jest.useRealTimers();
  }
  const { id } = await forum.publish(mali);
  await keep(id, { body: 'A correction' });
  expect((await opened(await share(id))).text).toContain('A correction');
});

let people = 0;
const LOSSES: Readonly<Record<string, (by: TestMember) => Promise<unknown>>> = {
  'is no editor any more': ({ member }) => does(admin, 'PUT', `/api/v1/members/${member.id}/roles`, { roles: [] }),
  'is banned': ({ member }) =>
    does(admin, 'POST', `/api/v1/members/${member.id}/sanctions`, {
      kind: 'ban',
      reason: 'abuse',
      statement: 'A statement of reasons',
    }),
  'is erased': async ({ token }) => {
    const wish = { comments: 'keep', immediately: true, password: PASSWORD };
    await forum.done('POST', '/api/v1/members/me/erasure', { token, body: wish });
  },
};

test.each(Object.entries(LOSSES))('the links of an editor who %s end; those of others stay', async (_, lose) => {
  const postId = newId();
  await keep(postId);
  people += 1;
  const editor = await forum.member(`losing-${people}`, ['editor']);
  const [own, other] = [await share(postId, {}, editor), await share(postId)];
  expect([await statusOf(own), await statusOf(other)]).toEqual([200, 200]);
  await lose(editor);
  await until(async () => (await statusOf(own)) === 404);
  expect(await statusOf(other)).toBe(200);
});

test('editors make and end links on a page, without a script', async () => {
  const postId = newId();
  await keep(postId);
  const page = async (path: string) => String((await forum.call('GET', path, { token: linh.token })).body);
  const path = `/write/${postId}/links`;
  const form = (fields: Record<string, string>) =>
    forum.call('POST', path, {
      token: linh.token,
      raw: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  expect(await page(`/write/${postId}`)).toContain(`href="${path}"`);
  const made = await form({ days: '7' });
  expect(made.headers.get('location')).toMatch(/links\?done=shared/);
  const [link] = await linksOf(postId);
  expect(await page(path)).toContain(link?.url);
  expect((await form({ days: '1000' })).status).toBe(400);
  expect((await form({ end: link?.id ?? '' })).status).toBe(303);
  expect(await page(path)).not.toContain(link?.url);
  const post: Post = await forum.publish(mali);
  expect(await page(`/posts/${post.slug}/edit`)).not.toContain('/links"');
  expect((await forum.call('GET', path, { token: (await forum.member()).token })).status).toBe(403);
});
