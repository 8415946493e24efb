import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Comment, LogEvent } from '../../libs/client/index.ts';
import { MOST_CHARACTERS } from '../../src/audit/explorer.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';

const COUNT = 110;
/** Four times as long in the log, where it is sealed. */
const BODY = 'ก'.repeat(9_900);

let live: LiveForum;
let moderator: TestMember;
let auditor: TestMember;
let comments: readonly Comment[];

/** What is longest in an answer is a hundred of the longest comments. */
beforeAll(async () => {
  live = await startLiveForum();
  moderator = await live.forum.member('the-moderator', ['moderator']);
  auditor = await live.forum.member('the-auditor', ['auditor']);
  const postId = await live.post();
  const posted: Comment[] = [];
  while (posted.length < COUNT) posted.push(await live.forum.comment(live.writer, postId, { body: BODY }));
  for (const { id } of posted) {
    const by = { token: live.reader.token, body: { reason: 'spam' } };
    await live.forum.done('POST', `/api/v1/comments/${id}/reports`, by);
  }
  comments = posted;
}, 120_000);
afterAll(async () => {
  live.closeSockets();
  await live.forum.close();
});

it('a moderator who joins with a hundred long cases is told all of them, in frames of bounded length', async () => {
  const shown = comments.slice(0, 100).map(({ id }) => id);
  const socket = await live.connect({ token: moderator.token });
  const joined = await socket.ask('moderation:join', { shown });
  const told = () => [joined, ...socket.of('moderation:changes')];
  await socket.until(() => told().flatMap(({ changes }) => changes).length === shown.length);

  expect(told().flatMap(({ changes }) => changes.map(({ commentId }) => commentId))).toEqual(shown);
  expect(told().length).toBeGreaterThan(1);
  for (const frame of told()) expect(JSON.stringify(frame).length).toBeLessThan(2_000_000);
}, 60_000);

it('a page of events ends early when they are long, and goes on from there', async () => {
  const seen: string[] = [];
  const lengths: number[] = [];
  let after = '0';
  for (;;) {
    const answer = await live.forum.done<{ items: readonly LogEvent[]; next: string | null }>(
      'GET',
      `/api/v1/audit/events?after=${after}&limit=1000`,
      { token: auditor.token },
    );
    seen.push(...answer.items.map(({ position }) => position));
    lengths.push(JSON.stringify(answer.items).length);
    if (answer.next === null) break;
    after = answer.next;
  }
  expect(seen).toEqual(seen.map((_, at) => String(at + 1)));
  expect(seen.length).toBeGreaterThan(2 * COUNT);
  expect(lengths.length).toBeGreaterThan(1);
  expect(Math.max(...lengths)).toBeLessThan(MOST_CHARACTERS * 1.1);
}, 60_000);
