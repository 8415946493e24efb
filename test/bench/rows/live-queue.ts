import { newAccount, sendJson } from '../../support/forum-account.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { besideBareRoom, LAST_HAS_IT } from '../load/beside-bare-room.ts';
import type { Scene } from '../load/live-scenes.ts';
import { median } from '../measure.ts';
import { atMost, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';

const MODERATORS = 20;
/** Cases that come within so many milliseconds of the last frame wait for the next one: reports are sent further apart. */
const APART_MS = 60;
const ALLOWED_MS = 50;

export const liveQueue: Row = {
  name: 'live-queue',
  what: `one report to ${MODERATORS} moderators: report → last socket has the case, p99`,
  against: 'what is allowed',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => {
    const amounts = { readers: MODERATORS, changes: options.quick ? 40 : 200, warmUp: 10, apartMs: APART_MS };
    const forum = await startBenchForum(options);
    const { address } = forum.forum;
    const moderators: string[] = [];
    while (moderators.length < MODERATORS) moderators.push(await newModerator(forum, `watcher-${moderators.length}`));
    const [writer, reporter] = [await newAccount(address, 'bench-writer'), await newAccount(address, 'bench-reporter')];
    const scene = async (): Promise<Scene> => {
      const commentIds = await newComments(forum, writer.token, amounts.warmUp + amounts.changes);
      return { kind: 'queue', moderators, reporter: reporter.token, commentIds };
    };
    const measured = await besideBareRoom(options, forum, { amounts, figure: LAST_HAS_IT, scene });
    await forum.end();
    const notes = { ...measured.notes, bareRoomMs: median(measured.base) };
    return { ours: measured.ours, base: measured.ours.map(() => ALLOWED_MS), notes };
  },
};

async function newModerator({ forum, admin }: BenchForum, handle: string): Promise<string> {
  const { token, memberId } = await newAccount(forum.address, handle);
  const roles = `${forum.address}/api/v1/members/${memberId}/roles`;
  await sendJson(roles, 'PUT', { roles: ['moderator'] }, admin.token);
  return token;
}

async function newComments(forum: BenchForum, token: string, count: number): Promise<readonly string[]> {
  const path = `${forum.forum.address}/api/v1/posts/${await forum.post('To be reported')}/comments`;
  const commentIds: string[] = [];
  while (commentIds.length < count) {
    const body = { body: sampleComment(commentIds.length) };
    commentIds.push((await sendJson<{ comment: { id: string } }>(path, 'POST', body, token)).comment.id);
  }
  return commentIds;
}
