import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VIEWS } from '../../../libs/projections/index.ts';
import type { ReactionKind } from '../../../libs/words/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { AT, idOf, SmallForum } from '../../../test/views/small-forum.ts';
import { ownReactionsQuery } from './own-reactions.ts';
import { GetOwnReactions } from './thread.query-types.ts';

let forum: SmallForum;

beforeAll(async () => {
  forum = await SmallForum.open();
  await forum.member(1);
  await forum.post(1);
  await forum.post(2);
  await forum.comment(11, { post: 1, at: AT });
  await forum.comment(12, { post: 1, at: AT });
  await forum.comment(21, { post: 2, at: AT });
});
afterAll(() => forum.close());

function react(comment: number, member: number, kind: ReactionKind): Promise<bigint> {
  const data = {
    commentId: idOf('comment', comment),
    postId: idOf('post', Math.floor(comment / 10)),
    memberId: idOf('member', member),
    kind,
  };
  return forum.record(`reaction-${data.commentId}-${data.memberId}`, [
    { type: 'ReactionAdded.v1', data, personal: null },
  ]);
}

describe('own reactions', () => {
  it('are those of this member to the comments that are asked about, when they were not withdrawn', async () => {
    await react(11, 1, 'like');
    await react(11, 1, 'thanks');
    await react(12, 1, 'sad');
    await react(12, 2, 'agree');
    await react(21, 1, 'funny');
    const data = {
      commentId: idOf('comment', 12),
      postId: idOf('post', 1),
      memberId: idOf('member', 1),
      kind: 'sad' as const,
    };
    await forum.record(`reaction-${data.commentId}-${data.memberId}`, [
      { type: 'ReactionWithdrawn.v1', data, personal: null },
    ]);

    const queries = await queryBusOf([ownReactionsQuery, { provide: VIEWS, useValue: forum.views }]);
    const own = await queries.execute(
      new GetOwnReactions(
        [11, 12].map((n) => idOf('comment', n)),
        idOf('member', 1),
      ),
    );

    expect(own).toEqual({ [idOf('comment', 11)]: ['like', 'thanks'] });
  });
});
