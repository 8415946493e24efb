import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SmallForum } from '../../../test/views/small-forum.ts';

let forum: SmallForum;
beforeAll(async () => {
  forum = await SmallForum.open();
});
afterAll(() => forum.close());

test('what no admin has set is not kept, so that a program whose first settings are others finds its own', async () => {
  const change = (data: object) => forum.record('site', [{ type: 'SiteChanged.v1', data, personal: null }]);
  await change({ name: 'Mekong talk', discussion: { maxDepth: 3 } });
  await change({ tagline: 'Along the river', discussion: { maxLength: 2_000 } });
  const rows: unknown = forum.views.db('site').prepare('SELECT value FROM settings').pluck().all();
  expect(rows).toEqual([
    JSON.stringify({
      name: 'Mekong talk',
      discussion: { maxDepth: 3, maxLength: 2_000 },
      tagline: 'Along the river',
    }),
  ]);
});
