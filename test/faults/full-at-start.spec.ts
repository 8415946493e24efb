import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import { unlessMissing } from '../support/left-out.ts';
import { readComments } from '../support/read-comments.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { mayMount, type SmallFileSystem, smallFileSystem } from '../support/small-disk.ts';
import { recordedComments, verifyViews } from '../support/stopped-forum.ts';
import { type Outcome, sendComment } from '../support/writers.ts';

interface Trouble {
  readonly says: RegExp;
  begins(disk: SmallFileSystem): void;
  ends(disk: SmallFileSystem, pid: number): void;
}

const full: Trouble = {
  says: /has no room; .*make room there/,
  begins: (disk) => disk.fill(),
  ends: (disk, pid) => disk.makeRoom(pid),
};
const readOnly: Trouble = {
  says: /is mounted for reading alone; .*mount it for writing/,
  begins: (disk) => disk.mountFor('reading'),
  ends: (disk) => disk.mountFor('writing'),
};

const DEADLINE_MS = 60_000;
const cannot = mayMount() ? null : 'this user may mount nothing';
const mounted = unlessMissing(cannot);
const whenLong = unlessMissing(
  cannot ?? (process.env['COLLOQUY_LONG'] === undefined ? 'COLLOQUY_LONG is not set' : null),
);

const STARTS = [
  ['full, after a gentle end', full, 'SIGTERM', whenLong],
  ['full, after a kill', full, 'SIGKILL', mounted],
  ['mounted for reading alone, after a gentle end', readOnly, 'SIGTERM', mounted],
  ['mounted for reading alone, after a kill', readOnly, 'SIGKILL', whenLong],
] as const;

for (const [what, trouble, end, where] of STARTS)
  where.describe(`a start on a disk that is ${what}`, () => {
    let disk: SmallFileSystem;
    let forum: ServedForum;
    let admin: Account;
    let postId: string;
    const acknowledged: string[] = [];

    const write = async (): Promise<Outcome> => {
      const id = crypto.randomUUID();
      const outcome = await sendComment(forum, { id, postId, body: `Comment ${id}` }, admin.token);
      if (outcome !== 'lost' && outcome.status === 201) acknowledged.push(id);
      return outcome;
    };
    const page = async (path: string) => {
      const cookie = `colloquy_session=${admin.token}`;
      const answer = await fetch(`${forum.address}${path}`, { headers: { cookie, 'accept-language': 'en' } });
      return { status: answer.status, text: await answer.text() };
    };

    beforeAll(async () => {
      disk = smallFileSystem(24);
      forum = await serveForum({ dataDir: disk.dataDir });
      admin = await newAccount(forum.address, 'ada');
      postId = await newPost(forum.address, admin, 'One');
      for (let comment = 0; comment < 5; comment += 1) await write();
      await forum.end(end);
      trouble.begins(disk);
      forum = await serveForum({ dataDir: disk.dataDir });
    }, DEADLINE_MS);

    afterAll(async () => {
      await forum.end('SIGKILL');
      disk.remove();
    });

    test('opens the forum for reading, with all that was acknowledged', async () => {
      expect(acknowledged).toHaveLength(5);
      expect((await readComments(forum.address, postId)).map(({ id }) => id)).toEqual(acknowledged);
      expect((await page('/')).text).toContain('One');
    });

    test('says so on /health and in the log, with what to do', async () => {
      expect((await fetch(`${forum.address}/health/live`)).status).toBe(200);
      const ready = await fetch(`${forum.address}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({
        status: 'not ready',
        reasons: [expect.stringMatching(trouble.says)],
        log: { writable: false },
      });
      expect(forum.stderr()).toMatch(trouble.says);
    });

    test('says so to staff on each page, and to nobody else', async () => {
      for (const path of ['/moderation/queue', '/audit/events', `/posts/${postId}`]) {
        expect(await page(path)).toMatchObject({
          text: expect.stringContaining('The forum is open for reading alone: '),
        });
      }
      const visitor = await fetch(`${forum.address}/`);
      expect(await visitor.text()).not.toContain('open for reading alone');
    });

    test('refuses a write with a code of its own, and words on what happens next', async () => {
      const outcome = await write();
      if (outcome === 'lost') throw new Error('the connection broke');
      expect({ ...outcome, text: JSON.parse(outcome.text) }).toMatchObject({
        status: 503,
        type: expect.stringContaining('application/problem+json'),
        text: { code: 'read_only', status: 503, detail: expect.stringMatching(/makes room.*mounts it for writing/) },
      });
    });

    test(
      'takes up writing once the disk does, in the same process and at the same address',
      async () => {
        const { pid } = forum.process;
        if (pid === undefined) throw new Error('the server is gone');
        const due = acknowledged.length;
        trouble.ends(disk, pid);
        const deadline = Date.now() + DEADLINE_MS;
        while (acknowledged.length === due) {
          const outcome = await write();
          if (Date.now() > deadline) throw new Error(JSON.stringify(outcome));
        }
        expect((await readComments(forum.address, postId)).map(({ id }) => id)).toEqual(acknowledged);
        expect(forum.process.exitCode).toBeNull();
      },
      DEADLINE_MS * 2,
    );

    test(
      'leaves the forum whole, and no copy of it',
      async () => {
        expect(await forum.end()).toBe(0);
        expect([...(await recordedComments(disk.dataDir))].sort()).toEqual([...acknowledged].sort());
        expect((await verifyViews(disk.dataDir)).filter((view) => !view.equal)).toEqual([]);
        expect(
          readdirSync(tmpdir()).filter(
            (name) => name.includes(`colloquy-reading-`) && name.includes(`-${forum.process.pid}-`),
          ),
        ).toEqual([]);
      },
      DEADLINE_MS,
    );
  });

mounted.describe('a first start on a disk that takes no writes', () => {
  test.each([
    ['full', full],
    ['mounted for reading alone', readOnly],
  ] as const)('that is %s ends with one line on what to do', async (_, trouble) => {
    const disk = smallFileSystem(1);
    trouble.begins(disk);
    const start = serveForum({ dataDir: disk.dataDir });
    await expect(start).rejects.toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^colloquy: \S+ (has no room|is mounted for reading alone), and there is no forum in it to read; .*\n$/,
      ),
    });
    disk.remove();
  });
});
