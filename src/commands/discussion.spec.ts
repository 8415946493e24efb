import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { metaOf } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';

let forum: RecordingForum;
beforeEach(async () => {
  forum = await openRecordingForum();
});
afterEach(() => forum.close());

test('moderators who change different settings at once do not undo each other’s work', async () => {
  const post = { title: 'Borders', body: 'Text.', locale: 'en', authorId: null };
  const { postId } = await forum.publishing.publish(post, metaOf());
  const change = (by: string, wish: Omit<ChangeDiscussion['data'], 'postId'>) =>
    forum.commands.execute(new ChangeDiscussion({ postId, ...wish }, metaOf({ commandId: randomUUID(), actor: by })));

  await Promise.all([
    change('thida', { state: 'read-only', reason: 'A pause.' }),
    change('linh', { slowModeSeconds: 60 }),
  ]);

  const events = (await forum.events(`discussion-${postId}`)).map(({ actor, type, data }) => ({ actor, type, data }));
  expect(events).toHaveLength(2);
  expect(events).toEqual(
    expect.arrayContaining([
      { actor: 'thida', type: 'DiscussionChanged.v2', data: { postId, state: 'read-only', reason: 'A pause.' } },
      { actor: 'linh', type: 'DiscussionChanged.v2', data: { postId, slowModeSeconds: 60, reason: null } },
    ]),
  );
  expect((await forum.facts.discussion(postId)).settings).toEqual({
    state: 'read-only',
    slowModeSeconds: 60,
    pinnedCommentId: null,
  });
});
