import { expect, test } from '@jest/globals';
import { idOf, postPublished, SmallForum } from '../../../test/views/small-forum.ts';
import { PostLocales } from './post-locales.ts';

test('the language of a post is the one that it has now, however often it is asked for', async () => {
  const forum = await SmallForum.open();
  const locales = new PostLocales(forum.views);
  const [post, later] = [idOf('post', 1), idOf('post', 2)];
  await forum.record(`post-${post}`, [postPublished(1)]);
  const first = locales.of(post);
  expect([first, locales.of(post), locales.of(later), locales.of('no id')]).toEqual(['en', 'en', null, null]);
  const data = { postId: post, locale: 'lo' };
  await forum.record(`post-${post}`, [{ type: 'PostEdited.v1', data, personal: null }]);
  await forum.record(`post-${later}`, [postPublished(2)]);
  expect([locales.of(post), locales.of(later)]).toEqual(['lo', 'en']);
  locales.onModuleDestroy();
  await forum.close();
});
