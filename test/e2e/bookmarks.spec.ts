import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bookmark, Page, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  post = await forum.publish(admin);
});
afterAll(() => forum.close());

const does = (by: TestMember, method: string, path: string) =>
  forum.call(method, `/api/v1${path}`, { token: by.token });
const listOf = (by: TestMember, query = ''): Promise<Page<Bookmark>> =>
  forum.done('GET', `/api/v1/bookmarks${query}`, { token: by.token });

test('a post and a comment are found again, newest first, page by page, by their member alone', async () => {
  const reader = await forum.member('marking');
  const comment = await forum.comment(admin, post.id, { body: 'Worth keeping' });
  const named = { id: post.id, slug: post.slug, title: post.title, locale: post.locale };
  const marked = { postId: post.id, addedAt: expect.any(String), post: named };
  const ofComment = { ...marked, commentId: comment.id, comment: expect.objectContaining({ id: comment.id }) };
  const ofPost = { ...marked, commentId: null, comment: null };
  expect(await does(reader, 'PUT', `/comments/${comment.id}/bookmark`)).toMatchObject({ status: 200, body: ofComment });
  expect(await does(reader, 'PUT', `/posts/${post.id}/bookmark`)).toMatchObject({ status: 200, body: ofPost });
  await does(reader, 'PUT', `/comments/${comment.id}/bookmark`);
  const first = await listOf(reader, '?limit=1');
  expect(first).toEqual({ items: [ofPost], next: expect.any(String) });
  expect(await listOf(reader, `?limit=1&cursor=${first.next}`)).toEqual({ items: [ofComment], next: null });
  expect(await listOf(await forum.member('not-marking'))).toEqual({ items: [], next: null });
  expect(await does(reader, 'DELETE', `/posts/${post.id}/bookmark`)).toMatchObject({ status: 204 });
  expect(await does(reader, 'DELETE', `/posts/${post.id}/bookmark`)).toMatchObject({ status: 204 });
  expect((await listOf(reader)).items).toEqual([ofComment]);
});

test('what readers do not see is not marked, and a bookmark of what is gone can be taken away', async () => {
  const reader = await forum.member('marking-the-gone');
  expect(await does(reader, 'PUT', `/comments/${newId()}/bookmark`)).toMatchObject({
    body: { code: 'comment_not_found' },
  });
  expect(await does(reader, 'PUT', `/posts/${newId()}/bookmark`)).toMatchObject({ body: { code: 'post_not_found' } });
  const other = await forum.publish(admin);
  const comment = await forum.comment(admin, other.id, { body: 'Gone soon' });
  await does(reader, 'PUT', `/comments/${comment.id}/bookmark`);
  await does(admin, 'POST', `/posts/${other.id}/withdraw`);
  const { items } = await listOf(reader);
  expect(items).toMatchObject([{ postId: other.id, commentId: comment.id, post: null, comment: null }]);
  expect(await does(reader, 'DELETE', `/comments/${comment.id}/bookmark`)).toMatchObject({ status: 204 });
  expect((await listOf(reader)).items).toEqual([]);
});
