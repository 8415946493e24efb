import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Comment, FoundText, Page, Post } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(30_000);

const SITE = 'https://first.example';
let forum: RunningForum;
let admin: TestMember;
let reader: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: SITE }, reacts: true });
  admin = await forum.admin();
  reader = await forum.member('somchai');
  post = await forum.publish(admin, { title: 'Along the Mekong', body: 'Words of the *post*.', tags: ['River'] });
}, 60_000);
afterAll(() => forum?.close());

const search = (query: Readonly<Record<string, string>>): Promise<Page<FoundText>> =>
  forum.done('GET', `/api/v1/search?${new URLSearchParams(query)}`);
const found = async (q: string): Promise<readonly string[]> => (await search({ q })).items.map(({ id }) => id);
const decide = (comment: Comment, action: string, revision: number) =>
  forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: admin.token,
    body: { action, reason: 'spam', revision },
  });

it('finds what was written a moment before, whoever asks, with what was found marked', async () => {
  const comment = await forum.comment(reader, post.id, {
    body: 'Wir fuhren damals mit dem Zug nach Đà Nẵng & <weiter>',
  });
  expect((await search({ q: 'da nang' })).items).toEqual([
    {
      kind: 'comment',
      id: comment.id,
      post: { id: post.id, slug: post.slug, title: 'Along the Mekong', locale: post.locale },
      author: comment.author,
      at: comment.createdAt,
      titleHtml: 'Along the Mekong',
      highlightHtml: 'Wir fuhren damals mit dem Zug nach <mark>Đà</mark> <mark>Nẵng</mark> &amp; &lt;weiter&gt;',
    },
  ]);
  expect(await found('mekong author:founder-of-nothing')).toEqual([]);
  expect((await search({ q: 'words', in: 'posts', tag: 'river' })).items.map(({ id }) => id)).toEqual([post.id]);
});

it('shows no more than a reader may see, at once', async () => {
  const comment = await forum.comment(reader, post.id, { body: 'a quokka' });
  const below = await forum.comment(admin, post.id, { body: 'that quokka', parentId: comment.id });
  expect(new Set(await found('quokka'))).toEqual(new Set([below.id, comment.id]));
  await decide(comment, 'hold', comment.revision);
  const hidden = await found('quokka');
  expect(hidden).not.toContain(comment.id);
  await decide(comment, 'approve', comment.revision + 1);
  expect(new Set(await found('quokka'))).toEqual(new Set([below.id, comment.id]));
  await forum.call('DELETE', `/api/v1/comments/${comment.id}`, { token: reader.token });
  expect(await found('quokka')).toEqual([below.id]);
});

it('finds nothing of a person within a second of the erasure', async () => {
  const leaving = await forum.member('leaving');
  const comment = await forum.comment(leaving, post.id, { body: 'a numbat' });
  expect(await found('numbat')).toEqual([comment.id]);
  await forum.done('POST', '/api/v1/members/me/erasure', {
    token: leaving.token,
    body: { comments: 'remove', password: PASSWORD, immediately: true },
  });
  await until(async () => (await found('numbat')).length === 0);
});

it('finds what was said on one site alone', async () => {
  const page = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url: `${SITE}/a` } });
  const there = await forum.comment(reader, page.id, { body: 'a wallaby there' });
  const here = await forum.comment(reader, post.id, { body: 'a wallaby here' });
  const of = async (site: string) => (await search({ q: 'wallaby', site })).items.map(({ id }) => id);
  expect([await of(SITE), await of('own')]).toEqual([[there.id], [here.id]]);
});

it('is answered by a page where its address has fifty thousand letters, as elsewhere', async () => {
  const { status, headers } = await fetch(`${forum.url}/search?q=${'rain+'.repeat(10_000)}`, {
    headers: { accept: 'text/html' },
  });
  expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
});

it.each([
  [10_000, 400, 'invalid'],
  [20_000, 413, 'too_large'],
])('of %d words is too large, and the answer says so', async (words, status, code) => {
  const q = Array.from({ length: words }, (_, n) => `w${n}`).join('+');
  const answer = await fetch(`${forum.url}/api/v1/search?q=${q}`);
  expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ code })]);
});

describe('a search that cannot be', () => {
  it.each([
    ['', 'q'],
    ['q=', 'q'],
    ['q=%00', 'q'],
    ['q=a%00b', 'q'],
    [`q=${'x'.repeat(1_001)}`, 'q'],
    [`q=${Array.from({ length: 33 }, (_, n) => `w${n}`).join('+')}`, 'q'],
    ['q=-', 'q'],
    ['q=-tea', 'q'],
    ['q=%22%22', 'q'],
    ['q=*', 'q'],
    ['q=(', 'q'],
    ['q=%22', 'q'],
    ['q=%2B%7C%26!', 'q'],
    ['q=author%3A', 'q'],
    [`q=${'ก'.repeat(65)}`, 'q'],
    ['q=a&in=members', 'in'],
    ['q=a&from=yesterday', 'from'],
    ['q=a&to=2020-02-31', 'to'],
    ['q=a&to=2015-13-01', 'to'],
    ['q=a&sort=best', 'sort'],
    ['q=a&typing=yes', 'typing'],
    ['q=a&limit=101', 'limit'],
    ['q=a&cursor=abcdef', 'cursor'],
    ['q=a&site=x', 'site'],
    ['q=a&surprise=1', 'surprise'],
  ])('%.40s is refused, and the answer says where', async (query, field) => {
    const { status, body } = await forum.call('GET', `/api/v1/search?${query}`);
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ field })] }),
    ]);
  });

  it.each([
    'AND OR NOT NEAR(',
    'a" OR "b',
    '^a',
    'entry:a',
    '{a b}:c',
    '🎉',
    '👨‍👩‍👧',
    'กขค',
    'مرحبا',
    'हिन्दी',
    '한국어',
    '日本',
    'a*b*',
    '-a b',
    '🎉 -"',
  ])('%s is a search like any other', async (q) => {
    expect(await search({ q })).toEqual({ items: expect.any(Array), next: null });
  });
});

it('stores Burmese that is typed in Zawgyi as Unicode, shows that before it is sent, and finds it by either', async () => {
  const [zawgyi, unicode] = ['ေနေကာင္းလား', 'နေကောင်းလား'];
  const body = { body: zawgyi };
  expect(await forum.done('POST', '/api/v1/previews', { token: reader.token, body })).toEqual({
    bodyHtml: `<p>${unicode}</p>\n`,
  });
  const comment = await forum.comment(reader, post.id, body);
  expect(comment).toMatchObject({ body: unicode });
  const edited = { body: `${zawgyi}?`, revision: comment.revision };
  const path = `/api/v1/comments/${comment.id}`;
  expect(await forum.done('PATCH', path, { token: reader.token, body: edited })).toMatchObject({ body: `${unicode}?` });
  expect([await found(zawgyi), await found(unicode)]).toEqual([[comment.id], [comment.id]]);
  const translation = { language: 'my', body: zawgyi, sourceRevision: 0 };
  const other = await forum.comment(reader, post.id, { body: 'How are you?' });
  expect(
    await forum.done('POST', `/api/v1/comments/${other.id}/translations`, { token: admin.token, body: translation }),
  ).toMatchObject({ translation: { body: unicode } });
  for (const right of ['ဗြဟ္မာ', 'ဂီုကၠီုနွံတုဲ', 'ကၠိ'])
    expect(await forum.comment(reader, post.id, { body: right })).toMatchObject({ body: right });
  const title = { title: zawgyi, body: zawgyi };
  expect(await forum.publish(admin, title)).toMatchObject({ title: unicode, body: unicode });
});

it('holds what the log makes of it', async () => {
  expect(
    await forum.done('POST', '/api/v1/audit/views/search/verifications', { token: admin.token, body: {} }),
  ).toMatchObject({ equal: true });
});
