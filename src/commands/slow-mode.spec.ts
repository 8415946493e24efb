import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '../../libs/kernel/index.ts';
import { metaOf } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { type Actor, PostComment } from '../domain/comment/comment.commands.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';
import { OPEN_DISCUSSION } from '../domain/discussion/discussion.events.ts';

const somchai: Actor = { memberId: randomUUID(), roles: ['member'] };
const linh: Actor = { memberId: randomUUID(), roles: ['member'] };
const moderator: Actor = { memberId: randomUUID(), roles: ['member', 'moderator'] };

let forum: RecordingForum;
let postId: string;

beforeEach(async () => {
  forum = await openRecordingForum();
  postId = await publish();
});
afterEach(() => forum.close());

/** Slow mode uses the log's own clock, so these commands are of now; `after` is in seconds. */
const meta = (after = 0) => metaOf({ commandId: randomUUID(), now: new Date(Date.now() + after * 1000).toISOString() });
const publish = async () =>
  (await forum.publishing.publish({ title: 'Borders', body: 'Text.', locale: 'en', authorId: null }, meta())).postId;
const slowDown = (slowModeSeconds: number) =>
  forum.commands.execute(new ChangeDiscussion({ ...OPEN_DISCUSSION, postId, slowModeSeconds }, meta()));
const comment = (by: Actor, over: Partial<PostComment['data']> = {}, after = 0) =>
  new PostComment({ commentId: randomUUID(), postId, parentId: null, body: 'Hello', by, ...over }, meta(after));
const outcome = (command: PostComment): Promise<string> =>
  forum.commands.execute(command).then(
    () => 'recorded',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

describe('in slow mode', () => {
  beforeEach(() => slowDown(60));

  test('of many comments that a member sends at once, one is recorded', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcome(comment(somchai))));
    expect(outcomes.sort()).toEqual(['recorded', ...Array.from({ length: 7 }, () => 'slow_mode')]);
  });

  test('a member is told how long to wait, and may go on after that', async () => {
    expect(await outcome(comment(somchai))).toBe('recorded');
    const refused: unknown = await forum.commands.execute(comment(somchai)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'slow_mode', status: 429, retryAfterSeconds: 60 });
    expect(await outcome(comment(somchai, {}, 61))).toBe('recorded');
  });

  test('others, other posts and moderators do not wait', async () => {
    expect(await outcome(comment(somchai))).toBe('recorded');
    expect(await outcome(comment(linh))).toBe('recorded');
    expect(await outcome(comment(somchai, { postId: await publish() }))).toBe('recorded');
    expect(await outcome(comment(moderator))).toBe('recorded');
    expect(await outcome(comment(moderator))).toBe('recorded');
  });

  test('a repeat is answered as recorded, also when the turn has passed on', async () => {
    const first = comment(somchai);
    const recorded = await forum.commands.execute(first);
    expect(await outcome(comment(somchai, {}, 61))).toBe('recorded');
    expect(await forum.commands.execute(first)).toEqual({ ...recorded, repeated: true, facts: [] });
  });

  test('a comment that is refused for another reason takes no turn', async () => {
    expect(await outcome(comment(somchai, { parentId: randomUUID() }))).toBe('parent_not_found');
    expect(await outcome(comment(somchai, { body: '' }))).toBe('invalid');
    expect(await outcome(comment(somchai))).toBe('recorded');
  });
});

test('a comment from just before slow mode counts, one from long before does not', async () => {
  expect(await outcome(comment(somchai))).toBe('recorded');
  await slowDown(60);
  expect(await outcome(comment(somchai, {}, 30))).toBe('slow_mode');
  expect(await outcome(comment(linh, {}, 30))).toBe('recorded');
  expect(await outcome(comment(somchai, {}, 62))).toBe('recorded');
});

test('without slow mode a member comments at will, and no turn is recorded', async () => {
  await slowDown(60);
  await slowDown(0);
  for (let n = 0; n < 3; n += 1) expect(await outcome(comment(somchai))).toBe('recorded');
  expect((await forum.events()).filter(({ stream }) => stream.startsWith('turn-'))).toEqual([]);
});
