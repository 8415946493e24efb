import { expect, test } from '@jest/globals';
import { idOf, SmallForum } from '../../../test/views/small-forum.ts';
import { Draftless } from './draftless.ts';

test('a member has no draft until one is kept, and the others still have none', async () => {
  const forum = await SmallForum.open();
  const draftless = new Draftless(forum.views);
  const [writer, other] = [idOf('member', 1), idOf('member', 2)];
  expect(draftless.has(writer)).toBe(false);
  draftless.add(writer);
  draftless.add(other);
  expect([draftless.has(writer), draftless.has(other)]).toEqual([true, true]);
  const data = { memberId: writer, draftId: idOf('draft'), placeId: idOf('place') };
  const personal = { postId: idOf('post'), parentId: null, commentId: null, body: 'Half a thought' };
  await forum.record(`draft-${data.draftId}`, [{ type: 'DraftKept.v1', data, personal }]);
  expect([draftless.has(writer), draftless.has(other)]).toEqual([false, true]);
  draftless.onModuleDestroy();
  await forum.close();
});
