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

const isTaken = (outcome: Outcome): boolean => outcome !== 'lost' && outcome.status === 201;

describe.each(disks)('with %s', (_, newDisk) => {
  let disk: SmallDisk;
  let forum: ServedForum;
  let admin: Account;
  let postId: string;
  let refusal: Outcome;
  let refusedId: string;
  const acknowledged: string[] = [];

  const write = async (id: string): Promise<Outcome> => {
    const outcome = await sendComment({ address: forum.address }, { id, postId, body: BODY }, admin.token);
    if (isTaken(outcome)) acknowledged.push(id);
    return outcome;
  };

  beforeAll(async () => {
    disk = newDisk();
    forum = await serveForum({ dataDir: disk.dataDir, under: disk.under });
    admin = await newAccount(forum.address, 'admin');
    postId = await newPost(forum.address, admin, 'One');
    do {
      refusedId = crypto.randomUUID();
      refusal = await write(refusedId);
    } while (isTaken(refusal));
  }, 120_000);

  afterAll(async () => {
    await forum.end('SIGKILL');
    disk.remove();
  });

  test('a write that finds no room is refused clearly', () => {
    expect(acknowledged.length).toBeGreaterThan(10);
    if (refusal === 'lost') throw new Error('no answer');
    expect(refusal).toMatchObject({ status: 503, type: expect.stringContaining('application/problem+json') });
    expect(JSON.parse(refusal.text)).toMatchObject({ status: 503, code: 'storage_unavailable' });
  });

  test('reading goes on meanwhile', async () => {
    const comments = await readComments(forum.address, postId);
    expect(comments.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
  });

  test(
    'writing goes on by itself once there is room',
    async () => {
      const { pid } = forum.process;
      if (pid === undefined) throw new Error('the server is gone');
      disk.makeRoom(pid);
      const deadline = Date.now() + DEADLINE_MS;
      let outcome = await write(refusedId);
      while (!isTaken(outcome)) {
        if (Date.now() > deadline) throw new Error(JSON.stringify(outcome));
        outcome = await write(refusedId);
      }
      expect(await write(crypto.randomUUID())).toMatchObject({ status: 201 });
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
