import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Comment, Post, PostDraft } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let admin: TestMember;
let editor: TestMember;
let linh: TestMember;
let mali: TestMember;
let post: Post;

const DAY_MS = 86_400_000;
const day = (back = 0): string => new Date(Date.now() - back * DAY_MS).toISOString().slice(0, 10);
/** Two days, so that midnight between two lines changes nothing. */
const lately = () => ({ from: day(1), to: day() });

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  editor = await forum.member('the-editor', ['editor']);
  linh = await forum.member('linh');
  mali = await forum.member('mali');
  await allow(linh, true);
  const excerpt = 'Old *maps* ![of stone](/images/x.png) and [new](https://example.org) borders.';
  post = await forum.publish(editor, { title: 'Borders [2026] *drawn*', slug: 'borders-(2026)', excerpt });
});
afterAll(() => forum.close());

const allow = (member: TestMember, mayBeQuoted: boolean): Promise<unknown> =>
  forum.done('PATCH', '/api/v1/members/me', { token: member.token, body: { mayBeQuoted } });
const react = (by: TestMember, { id }: Comment): Promise<unknown> =>
  forum.done('PUT', `/api/v1/comments/${id}/reactions/like`, { token: by.token });
const begin = (body: object, by = editor): Promise<Answer> =>
  forum.call('POST', '/api/v1/post-drafts/from-period', { token: by.token, body });
const drafted = (): Promise<PostDraft> =>
  forum.done('POST', '/api/v1/post-drafts/from-period', { token: editor.token, body: lately() });
const form = (path: string, fields: Readonly<Record<string, string>>, by = editor): Promise<Answer> =>
  forum.call('POST', path, {
    token: by.token,
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
const decide = ({ id, revision }: Comment, action: string): Promise<unknown> =>
  forum.done('POST', `/api/v1/comments/${id}/decisions`, {
    token: admin.token,
    body: { action, revision, reason: 'abuse' },
  });
const quoteOf = ({ id }: Comment): string => `#comment-${id})`;

test('a newsletter is drafted from the posts of a period and its most discussed comments by members who allow it', async () => {
  const answered = await forum.comment(linh, post.id, {
    body: 'Lines on *maps* are made by [people](https://example.org).',
  });
  const answer = await forum.comment(mali, post.id, { parentId: answered.id, body: 'Not allowed to be quoted.' });
  for (const by of [editor, admin]) await react(by, answer);
  const liked = await forum.comment(linh, post.id, { body: '# Twice\n\nliked' });
  for (const by of [editor, mali]) await react(by, liked);
  const unnoticed = await forum.comment(linh, post.id, { body: 'Said, and nothing came of it.' });
  const draft = await drafted();
  expect(draft).toMatchObject({ kind: 'newsletter', locale: 'en', tags: [], excerpt: '', slug: '', appearAt: null });
  expect(draft.title).toMatch(/^Newsletter: \d{1,2}.*\d{4}$/);
  const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(post.publishedAt),
  );
  expect(draft.body).toBe(`## New posts

### [Borders \\[2026\\] \\*drawn\\*](/posts/${post.slug.replace('(', '%28').replace(')', '%29')})

${today} · 4 comments

Old maps and new borders.

## From the discussions

> Twice liked
>
> [Name of linh on “Borders \\[2026\\] \\*drawn\\*”](/posts/${post.slug}#comment-${liked.id})

> Lines on maps are made by people.
>
> [Name of linh on “Borders \\[2026\\] \\*drawn\\*”](/posts/${post.slug}#comment-${answered.id})`);
  for (const comment of [answer, unnoticed]) expect(draft.body).not.toContain(quoteOf(comment));
});

test('nobody is quoted unasked, and nothing that readers do not see', async () => {
  const [held, removed, ownRemoved] = await Promise.all(
    ['Held', 'Removed', 'Taken away'].map((body) => forum.comment(linh, post.id, { body })),
  );
  if (!held || !removed || !ownRemoved) throw new Error('three comments were written');
  for (const comment of [held, removed, ownRemoved]) await react(editor, comment);
  const before = await drafted();
  for (const comment of [held, removed, ownRemoved]) expect(before.body).toContain(quoteOf(comment));
  await decide(held, 'reject');
  await decide(removed, 'remove');
  await forum.call('DELETE', `/api/v1/comments/${ownRemoved.id}`, { token: linh.token });
  const after = await drafted();
  for (const comment of [held, removed, ownRemoved]) expect(after.body).not.toContain(quoteOf(comment));
  expect(after.body).toContain('> Twice liked');
  await allow(linh, false);
  expect((await drafted()).body).not.toContain('From the discussions');
  await allow(linh, true);
});

test('a period is refused that is none, too long or in the future, and one without anything is told', async () => {
  for (const period of [
    { from: day(), to: day(1) },
    { from: day(366), to: day() },
    { from: day(-2), to: day(-2) },
    { from: '2026-02-30', to: '2026-03-01' },
    { from: 'yesterday', to: day() },
    { from: day() },
  ])
    expect((await begin(period)).status).toBe(400);
  expect((await begin({ from: '2015-10-01', to: '2015-10-31' })).status).toBe(409);
  expect((await begin(lately(), linh)).status).toBe(403);
});

test('the same request twice makes one draft', async () => {
  const headers = { 'idempotency-key': 'a4a5cf5c-0d0f-4f6c-9f3e-0a1b2c3d4e5f' };
  const path = '/api/v1/post-drafts/from-period';
  const call = () => forum.done<PostDraft>('POST', path, { token: editor.token, headers, body: lately() });
  expect((await call()).postId).toBe((await call()).postId);
});

test('an issue with a quote that may not be sent any more is not sent, and its page says which and why', async () => {
  const texts = ['It is withdrawn.', 'It is edited.', 'It stays.'];
  const comments = await Promise.all(texts.map((body) => forum.comment(linh, post.id, { body })));
  const [gone, edited, stays] = comments;
  if (!gone || !edited || !stays) throw new Error('three comments were written');
  const quote = ({ id }: Comment, words: string) => `> ${words}\n>\n> [linh](/posts/${post.slug}#comment-${id})`;
  const body = [quote(gone, 'It is withdrawn.'), quote(edited, 'It is edited.'), quote(stays, 'It … stays')].join(
    '\n\n',
  );
  const issue = await forum.publish(editor, { title: 'An issue', kind: 'newsletter', body });
  const press = async (act: string) => (await form(`/posts/${issue.slug}/issue`, { do: act })).status;
  const page = async () =>
    String((await forum.call('GET', `/posts/${issue.slug}/issue`, { token: editor.token })).body);
  const list = async () => String((await forum.call('GET', '/newsletter/issues', { token: editor.token })).body);
  expect(await page()).toContain('/issue?send=1"');

  await forum.call('DELETE', `/api/v1/comments/${gone.id}`, { token: linh.token });
  await forum.done('PATCH', `/api/v1/comments/${edited.id}`, {
    token: linh.token,
    body: { body: 'Something else.', revision: edited.revision },
  });
  expect([await press('send'), await press('test')]).toEqual([409, 409]);
  const told = await page();
  expect(told).not.toContain('/issue?send=1"');
  expect(told).toContain('The comment was removed');
  expect(told).toContain('The comment does not say this');
  expect([gone, edited, stays].map(({ id }) => told.includes(`#comment-${id}`))).toEqual([true, true, false]);

  await allow(linh, false);
  expect(await page()).toContain('The author does not allow quotes in newsletters.');
  expect(await list()).toContain('Quotes to take out: 3');
  await allow(linh, true);
  await forum.done('PATCH', `/api/v1/posts/${issue.id}`, {
    token: editor.token,
    body: { body: quote(stays, 'It … stays'), revision: issue.revision },
  });
  expect(await page()).toContain('/issue?send=1"');
  expect(await list()).not.toContain('Quotes to take out');
  expect(await press('send')).toBe(303);

  await forum.call('DELETE', `/api/v1/comments/${stays.id}`, { token: linh.token });
  expect(await page()).toContain('These quotes should not be in this issue any more');
  expect(await list()).toContain('Quotes to take out: 1');
});

test('an issue does not appear with a quote that it may not have; one that is out already is answered as it was', async () => {
  const said = await forum.comment(linh, post.id, { body: 'Said, and later taken away.' });
  const body = `> Said, and later\n>\n> [linh](/posts/${post.slug}#comment-${said.id})`;
  const wish = (id: string, kind: string) => ({ id, title: 'What was said', kind, body });
  const publish = (id: string, kind = 'newsletter') =>
    forum.call('POST', '/api/v1/posts', { token: editor.token, body: wish(id, kind) });
  const id = newId();
  expect((await publish(id)).status).toBe(201);
  await forum.call('DELETE', `/api/v1/comments/${said.id}`, { token: linh.token });
  expect((await publish(id)).status).toBe(201);
  const refused = await publish(newId());
  expect([refused.status, JSON.stringify(refused.body).includes(said.id)]).toEqual([409, true]);
  expect((await publish(newId(), 'article')).status).toBe(201);
  const written = await form('/write', { ...wish(newId(), 'newsletter'), excerpt: '', tags: '', when: 'now' });
  expect(written.status).toBe(409);
  expect(String(written.body)).toMatch(/This newsletter cannot appear with these quotes.*Said, and later/);
});

test('the site tells members what newsletters may quote of theirs', async () => {
  const privacy = String((await forum.call('GET', '/privacy')).body);
  for (const told of ['only if you allow it in your settings', 'leave the quote out', 'is the editors&#39; text'])
    expect(privacy.replaceAll("'", '&#39;')).toContain(told);
});

test('a member allows it in the settings, off unless chosen; an editor begins with a month on a page', async () => {
  const settings = async () => String((await forum.call('GET', '/settings', { token: mali.token })).body);
  expect(await settings()).toMatch(/name="mayBeQuoted" value="1" aria-describedby/);
  expect((await form('/settings', { act: 'quoting', mayBeQuoted: '1' }, mali)).status).toBe(303);
  expect(await settings()).toMatch(/name="mayBeQuoted" value="1" checked/);
  expect((await form('/settings', { act: 'quoting' }, mali)).status).toBe(303);
  expect(await forum.done('GET', '/api/v1/members/me', { token: mali.token })).not.toHaveProperty('mayBeQuoted');

  const asked = String((await forum.call('GET', '/write/from-month', { token: editor.token })).body);
  const [first] = /<option value="\d{4}-\d{2}"[^>]*>[^<]+/.exec(asked) ?? [];
  const last = new Date(new Date().setUTCDate(0));
  expect(first).toContain(
    new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(last),
  );
  const empty = await form('/write/from-month', { month: '2015-10', from: '', to: '' });
  expect([empty.status, String(empty.body).includes('No post was published')]).toEqual([409, true]);
  const wrong = await form('/write/from-month', { month: '2015-10', from: day(), to: '' });
  expect([wrong.status, String(wrong.body).includes('Choose both days')]).toEqual([400, true]);
  const begun = await form('/write/from-month', { month: '2015-10', ...lately() });
  expect(begun.status).toBe(303);
  const path = begun.headers.get('location') ?? '';
  expect(path).toMatch(/^\/write\/[0-9a-f-]{36}/);
  const written = String((await forum.call('GET', path, { token: editor.token })).body);
  expect(written).toContain('## New posts');
  expect(written).toMatch(/name="kind" value="newsletter" checked/);
});
