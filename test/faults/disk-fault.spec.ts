import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import { unlessMissing } from '../support/left-out.ts';
import { readComments } from '../support/read-comments.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { recordedComments } from '../support/stopped-forum.ts';
import { sendComment } from '../support/writers.ts';
import { builtShim, cannotLie, LyingDisk } from './lying-disk/lying-disk.ts';

const reason = cannotLie();
const lying = unlessMissing(reason);
let place: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-fault-'));
});

afterEach(() => rmSync(place, { recursive: true, force: true }));

lying.describe('a sync that the disk does not do', () => {
  test.each(['log.db-wal', 'vault.db-wal'])(
    'of %s is the last one: it is said, the server ends, and the next one has all that was acknowledged',
    async (name) => {
      const disk = new LyingDisk({ shim: builtShim(place), dir: place });
      const forum = await serveForum({ dataDir: disk.data });
      const admin = await newAccount(forum.address, 'ada');
      const postId = await newPost(forum.address, admin, 'One');
      expect(await forum.end()).toBe(0);

      const failing = await serveForum({
        dataDir: disk.data,
        env: disk.env({ name, kind: 'sync', number: name === 'log.db-wal' ? 9 : 3 }),
      });
      const ended = once(failing.process, 'exit');
      const acknowledged = await writeUntilRefused(failing, admin, postId);
      const ready = await fetch(`${failing.address}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({
        status: 'not ready',
        reasons: [expect.stringMatching(/the log cannot be written: .*\.db: the disk did not write or sync it/)],
        log: { writable: false },
      });
      expect(await readComments(failing.address, postId)).toHaveLength(acknowledged.length);

      expect(await ended).toEqual([1, null]);
      expect(failing.stderr()).toMatch(/"level":60.*nothing is written any more/);
      expect(statSync(join(disk.data, name)).size).toBeGreaterThan(0);
      const again = await serveForum({ dataDir: disk.data });
      expect((await readComments(again.address, postId)).map(({ id }) => id)).toEqual(
        expect.arrayContaining(acknowledged),
      );
      expect(await sendComment(again, { id: crypto.randomUUID(), postId, body: 'Hello' }, admin.token)).toMatchObject({
        status: 201,
      });
      expect(await again.end()).toBe(0);
      expect([...(await recordedComments(disk.data))]).toEqual(expect.arrayContaining(acknowledged));
    },
    120_000,
  );
});

lying.describe('a disk that does not answer', () => {
  test('is called that, and no damage: nobody is told to restore', async () => {
    const disk = new LyingDisk({ shim: builtShim(place), dir: place });
    const forum = await serveForum({ dataDir: disk.data });
    await newAccount(forum.address, 'ada');
    expect(await forum.end()).toBe(0);
    const start = serveForum({ dataDir: disk.data, env: disk.env({ name: 'log.db', kind: 'read', number: 1 }) });
    await expect(start).rejects.toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/log\.db: the disk does not answer; do not restore before you have looked at it/),
    });
    await expect(start).rejects.not.toMatchObject({ stderr: expect.stringContaining('newest backup') });

    const again = await serveForum({ dataDir: disk.data });
    expect(await again.end()).toBe(0);
  });
});

const AT_ONCE = 16;

/** The comments that were taken before some were refused. */
async function writeUntilRefused(forum: ServedForum, { token }: Account, postId: string): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let refused = false; !refused; ) {
    const ids = Array.from({ length: AT_ONCE }, () => crypto.randomUUID());
    const sent = ids.map((id) => sendComment(forum, { id, postId, body: `Comment ${id}` }, token));
    for (const [at, outcome] of (await Promise.all(sent)).entries()) {
      if (outcome === 'lost') throw new Error('the server was gone before it said why');
      if (outcome.status === 201) acknowledged.push(ids[at] ?? '');
      else {
        expect(JSON.parse(outcome.text)).toMatchObject({ status: 503, code: 'storage_unavailable' });
        refused = true;
      }
    }
  }
  return acknowledged;
}
