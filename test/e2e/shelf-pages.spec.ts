import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bookmark, Comment, Draft, Page, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let reader: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  reader = await forum.member('shelving');
  post = await forum.publish(admin, { title: 'Of rivers' });
  comment = await forum.comment(admin, post.id, { body: 'The **river** is wide' });
});
afterAll(() => forum.close());

const cookie = () => ({ cookie: `colloquy_session=${reader.token}` });
const page = async (path: string): Promise<string> =>
  String((await forum.call('GET', path, { headers: cookie() })).body);
const sends = (path: string, fields: Readonly<Record<string, string>>) =>
  forum.call('POST', path, {
    headers: { ...cookie(), 'content-type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams(fields).toString(),
  });
const marked = async () =>
  (await forum.done<Page<Bookmark>>('GET', '/api/v1/bookmarks', { token: reader.token })).items.map(
    ({ postId, commentId }) => commentId ?? postId,
  );

test('a comment and its post are bookmarked by buttons, and the list shows them and takes them away', async () => {
  const thread = `/posts/${post.slug}`;
  expect(await page('/bookmarks')).toContain('Nothing here yet.');
  expect(await page(thread)).toMatch(
    new RegExp(`<button[^>]*formaction="/bookmarks"[^>]*name="add"[^>]*value="${comment.id}"`),
  );
  const answer = await sends('/bookmarks', { add: comment.id });
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(new RegExp(`^/comments/${comment.id}\\?after=`)),
  ]);
  expect((await sends('/bookmarks', { addPost: post.id })).headers.get('location')).toMatch(
    new RegExp(`^/posts/${post.slug}\\?after=\\d+#discussion$`),
  );
  const again = await page(thread);
  expect(again).toMatch(new RegExp(`name="remove"[^>]*value="${comment.id}"[^>]*>Remove the bookmark`));
  expect(again).toMatch(new RegExp(`name="removePost"[^>]*value="${post.id}"`));
  expect(String((await forum.call('GET', thread)).body)).not.toContain('formaction="/bookmarks"');
  const list = await page('/bookmarks');
  expect(list).toContain(`<a href="/comments/${comment.id}">shelving`.replace('shelving', ''));
  expect(list).toContain('The river is wide');
  expect(list).toContain(`<a href="${thread}" lang="${post.locale}">Of rivers</a>`);
  expect(list).toContain(` on “<bdi lang="${post.locale}">Of rivers</bdi>”`);
  expect(await marked()).toEqual([post.id, comment.id]);
  for (const fields of [{ remove: comment.id }, { removePost: post.id }]) {
    const taken = await sends('/bookmarks', { list: '1', ...fields });
    expect(taken.headers.get('location')).toMatch(/^\/bookmarks\?after=/);
  }
  expect(await marked()).toEqual([]);
});

test('a draft that is sent by its plain form is gone, and one that another device kept meanwhile stays', async () => {
  const spot = { postId: post.id };
  const keep = (wish: object) =>
    forum.done<Draft>('PUT', '/api/v1/members/me/drafts', { token: reader.token, body: { ...spot, ...wish } });
  const kept = async () =>
    (await forum.done<Page<Draft>>('GET', '/api/v1/members/me/drafts', { token: reader.token })).items.map(
      ({ body }) => body,
    );
  const shown = async (path: string) => /name="draft" value="(\d+)"/.exec(await page(path))?.[1] ?? '';
  const send = (body: string, draft: string) =>
    sends(`/posts/${post.slug}/comments`, { parentId: '', sort: 'oldest', body, draft });
  await keep({ body: 'Begun' });
  const first = await shown(`/posts/${post.slug}?draft=1`);
  expect((await send('Begun and ended', first)).status).toBe(303);
  expect(await kept()).toEqual([]);
  const { position } = await keep({ body: 'Once more' });
  await keep({ body: 'Newer', over: position });
  expect((await send('Once more, from the older form', position)).status).toBe(303);
  expect(await kept()).toEqual(['Newer']);
  expect((await send('Newer', '')).status).toBe(303);
  expect(await kept()).toEqual([]);
  const own = await forum.comment(reader, post.id, { body: 'Words' });
  await keep({ commentId: own.id, body: 'Better words' });
  const draft = await shown(`/comments/${own.id}/edit?draft=1`);
  expect(
    (await sends(`/comments/${own.id}/edit`, { body: 'The best words', revision: String(own.revision), draft })).status,
  ).toBe(303);
  expect(await kept()).toEqual([]);
});

test('drafts are read, gone on with in their forms, and thrown away, without a script', async () => {
  const own = await forum.comment(reader, post.id, { body: 'My words' });
  const keep = (wish: object) =>
    forum.done('PUT', '/api/v1/members/me/drafts', { token: reader.token, body: { postId: post.id, ...wish } });
  await keep({ body: 'A comment <b>begun</b>' });
  await keep({ parentId: comment.id, body: 'An answer begun' });
  await keep({ commentId: own.id, body: 'Better words' });
  const list = await page('/drafts');
  expect(list).toContain('A comment &lt;b>begun&lt;/b>');
  expect(list).toContain(`Comment on “<bdi lang="${post.locale}">${post.title}</bdi>”</a>`);
  const paths = [
    [`/posts/${post.slug}?draft=1#comment-form`, 'A comment &lt;b>begun&lt;/b>'],
    [`/posts/${post.slug}?answer=${comment.id}&draft=1#answer`, 'An answer begun'],
    [`/comments/${own.id}/edit?draft=1`, 'Better words'],
  ] as const;
  for (const [path, text] of paths) {
    expect(list).toContain(`href="${path.replaceAll('&', '&amp;')}"`);
    const form = (await page(path.replace(/#.*/, ''))).match(/<textarea[\s\S]*?<\/textarea>/g) ?? [];
    expect(form.some((field) => field.includes(text))).toBe(true);
  }
  expect(await page(`/posts/${post.slug}`)).not.toContain('begun');
  const dropped = await sends('/drafts/drop', { postId: post.id, parentId: comment.id });
  expect(dropped.headers.get('location')).toMatch(/^\/drafts\?after=/);
  await forum.done('PUT', `/api/v1/posts/${post.id}/discussion`, { token: admin.token, body: { state: 'closed' } });
  const closed = await page('/drafts');
  expect(closed).not.toContain('An answer begun');
  expect(closed).toContain('This discussion is closed. The text stays here');
  expect(closed).not.toContain('draft=1#comment-form');
});
