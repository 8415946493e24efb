import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DomainError } from '../../libs/kernel/index.ts';
import { metaOf, NOW } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { stallAppend } from '../../test/support/stall-append.ts';
import type { Publication } from './publish-post.ts';

let forum: RecordingForum;
beforeEach(async () => {
  forum = await openRecordingForum();
});
afterEach(() => forum.close());

const post: Publication = { title: 'Đối thoại', body: 'Text.', locale: 'vi', authorId: 'ed' };
const meta = (commandId: string = randomUUID(), now = NOW) => metaOf({ commandId, now });
const publish = (wish: Publication = post, by = meta()) => forum.publishing.publish(wish, by);
const refusalOf = (wish: Publication, by = meta()) =>
  publish(wish, by).then(
    () => 'published',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

test('a post is recorded whole, under an address made from its title', async () => {
  const published = await publish();
  const { postId } = published;
  expect(published).toEqual({ postId, slug: 'doi-thoai', position: 2n, repeated: false });
  expect((await forum.events(`post-${postId}`)).map(({ type, data }) => ({ type, data }))).toEqual([
    {
      type: 'PostPublished.v1',
      data: {
        postId,
        kind: 'article',
        title: 'Đối thoại',
        slug: 'doi-thoai',
        body: 'Text.',
        excerpt: null,
        tags: [],
        locale: 'vi',
        publishAt: NOW,
        authorId: 'ed',
        byline: null,
        source: null,
      },
    },
  ]);
});

test('posts of one title get addresses of their own, also when published at once', async () => {
  const slugs = await Promise.all([publish(), publish(), publish()]);
  expect(slugs.map(({ slug }) => slug).sort()).toEqual(['doi-thoai', 'doi-thoai-2', 'doi-thoai-3']);
});

test('an import may say which address it had', async () => {
  expect((await publish({ ...post, slug: 'Old Address' })).slug).toBe('old-address');
});

test('the same post again is answered the same, though a moment later and by another command', async () => {
  const postId = randomUUID();
  const published = await publish({ ...post, postId });
  const size = (await forum.events()).length;
  const again = await publish({ ...post, postId }, meta(randomUUID(), '2015-10-06T00:00:00.000Z'));
  expect(again).toEqual({ ...published, repeated: true });
  expect(await forum.events()).toHaveLength(size);
});

test('another post with its id is refused and takes no address', async () => {
  const postId = randomUUID();
  await publish({ ...post, postId });
  const size = (await forum.events()).length;
  expect(await refusalOf({ ...post, postId, title: 'Other' })).toBe('id_taken');
  expect(await forum.events()).toHaveLength(size);
});

test('what is wrong is refused before an address is taken', async () => {
  expect(await refusalOf({ ...post, title: ' ' })).toBe('invalid');
  expect(await refusalOf({ ...post, body: '\u0000' })).toBe('invalid');
  expect(await forum.events()).toEqual([]);
});

test('a post that took so long that its address was given to another comes under the next one when it is sent again', async () => {
  const later = meta(randomUUID(), new Date(Date.now() + 61_000).toISOString());
  const by = meta();
  const postId = randomUUID();
  const stalled = stallAppend(forum.store, 'PostPublished.v1');
  const slow = refusalOf({ ...post, postId }, by);
  await stalled.reached;
  const quick = await publish(post, later);
  stalled.goOn();

  expect([quick.slug, await slow]).toEqual(['doi-thoai', 'slug_taken']);
  const again = await publish({ ...post, postId }, by);
  expect(again).toMatchObject({ postId, slug: 'doi-thoai-2', repeated: false });
  expect((await forum.events(`post-${postId}`)).map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'PostNameLost.v1', data: { postId, name: 'slug-doi-thoai' } },
    { type: 'PostPublished.v1', data: expect.objectContaining({ slug: 'doi-thoai-2' }) },
  ]);
  const slugs = (await forum.events()).filter(({ type }) => type === 'PostPublished.v1').map(({ data }) => data);
  expect(slugs).toMatchObject([{ slug: 'doi-thoai' }, { slug: 'doi-thoai-2' }]);
});
