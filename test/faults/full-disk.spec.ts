import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import { readComments } from '../support/read-comments.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { mayMount, type SmallDisk, smallFileSystem, smallFiles } from '../support/small-disk.ts';
import { recordedComments, verifyViews } from '../support/stopped-forum.ts';
import { type Outcome, sendComment } from '../support/writers.ts';

const disks: [string, () => SmallDisk][] = [['files that may not grow past 3 MiB', () => smallFiles(3)]];
if (mayMount()) disks.push(['a disk of 12 MiB', () => smallFileSystem(12)]);

const BODY = 'A comment that takes some room. '.repeat(300);
const DEADLINE_MS = 30_000;
const AT_ONCE = 8;

const isTaken = (outcome: Outcome): boolean => outcome !== 'lost' && outcome.status === 201;

describe.each(disks)('with %s', (_, newDisk) => {
  let disk: SmallDisk;
  let forum: ServedForum;
  let admin: Account;
  let postId: string;
  const acknowledged: string[] = [];
  const refused = new Map<string, Outcome>();

  const write = async (id: string): Promise<Outcome> => {
    const outcome = await sendComment({ address: forum.address }, { id, postId, body: BODY }, admin.token);
    if (isTaken(outcome)) acknowledged.push(id);
    else refused.set(id, outcome);
    return outcome;
  };

  beforeAll(async () => {
    disk = newDisk();
    forum = await serveForum({ dataDir: disk.dataDir, under: disk.under });
    admin = await newAccount(forum.address, 'ada');
    postId = await newPost(forum.address, admin, 'One');
    while (![...refused.values()].some(saysStorageUnavailable)) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => write(crypto.randomUUID())));
    }
  }, 120_000);

  afterAll(async () => {
    await forum.end('SIGKILL');
    disk.remove();
  });

  test('a write that finds no room is refused clearly, or is known to be recorded but not shown yet', () => {
    expect(acknowledged.length).toBeGreaterThan(10);
    const unclear = [...refused.values()].filter(
      (outcome) => !saysStorageUnavailable(outcome) && !saysNotCaughtUp(outcome),
    );
    expect(unclear).toEqual([]);
  });

  test('reading goes on meanwhile', async () => {
    const comments = await readComments(forum.address, postId);
    expect(comments.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  });

  test(
    'writing goes on by itself once there is room, and what was refused can be sent again',
    async () => {
      const { pid } = forum.process;
      if (pid === undefined) throw new Error('the server is gone');
      disk.makeRoom(pid);
      const deadline = Date.now() + DEADLINE_MS;
      for (const id of refused.keys()) {
        let outcome = await write(id);
        while (!isTaken(outcome)) {
          if (Date.now() > deadline) throw new Error(JSON.stringify(outcome));
          outcome = await write(id);
        }
      }
      const comments = await readComments(forum.address, postId);
      expect(comments.map(({ id }) => id).sort()).toEqual([...acknowledged].sort());
    },
    DEADLINE_MS * 2,
  );

  test('nothing is lost, doubled or damaged', async () => {
    expect(await forum.end()).toBe(0);
    expect([...(await recordedComments(disk.dataDir))].sort()).toEqual([...acknowledged].sort());
    expect((await verifyViews(disk.dataDir)).filter((view) => !view.equal)).toEqual([]);
  }, 60_000);
});

const saysStorageUnavailable = (outcome: Outcome): boolean => isProblem(outcome, 'storage_unavailable');
/** Recorded, but a view found no room for it. */
const saysNotCaughtUp = (outcome: Outcome): boolean => isProblem(outcome, 'not_caught_up');

function isProblem(outcome: Outcome, code: string): boolean {
  if (outcome === 'lost' || outcome.status !== 503 || !outcome.type.includes('application/problem+json')) return false;
  const problem: { code: string; status: number } = JSON.parse(outcome.text);
  return problem.code === code && problem.status === 503;
}
