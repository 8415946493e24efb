import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type SpawnedServer, spawnKurrentDbServer } from '../kurrentdb-server/spawned-server.ts';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import { unlessMissing } from '../support/left-out.ts';
import { readComments } from '../support/read-comments.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { mayMount, type SmallFileSystem, smallFileSystem } from '../support/small-disk.ts';
import { type Outcome, sendComment } from '../support/writers.ts';

const DEADLINE_MS = 120_000;
const mounted = unlessMissing(mayMount() ? null : 'this user may mount nothing');

const TROUBLES = {
  full: { begins: (disk: SmallFileSystem) => disk.fill(), ends: (disk: SmallFileSystem) => disk.makeRoom(0) },
  'mounted for reading alone': {
    begins: (disk: SmallFileSystem) => disk.mountFor('reading'),
    ends: (disk: SmallFileSystem) => disk.mountFor('writing'),
  },
} as const;

let dir: string;
let log: SpawnedServer;
let disk: SmallFileSystem;
let forum: ServedForum;
let admin: Account;
let postId: string;

const start = () => serveForum({ dataDir: disk.dataDir, env: { EVENT_STORE_URL: log.url, LOG_LEVEL: 'warn' } });
const write = (): Promise<Outcome> =>
  sendComment(forum, { id: crypto.randomUUID(), postId, body: 'A comment' }, admin.token);

mounted.describe('a node of a log at KurrentDB', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'colloquy-log-'));
    log = await spawnKurrentDbServer({ dir });
    disk = smallFileSystem(24);
    forum = await start();
    admin = await newAccount(forum.address, 'ada');
    postId = await newPost(forum.address, admin, 'One');
    await write();
  }, DEADLINE_MS);
  afterAll(async () => {
    await forum?.end('SIGKILL');
    await log?.kill();
    disk?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  test.each(['full', 'mounted for reading alone'] as const)(
    'is read on a disk that is %s, says so, and takes up writing when the disk does',
    async (trouble) => {
      const { begins, ends } = TROUBLES[trouble];
      const known = (await readComments(forum.address, postId)).length;
      await forum.end();
      begins(disk);
      forum = await start();

      expect(await readComments(forum.address, postId)).toHaveLength(known);
      expect(await write()).toMatchObject({ status: 503, text: expect.stringContaining('"read_only"') });
      const ready = await fetch(`${forum.address}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ reasons: [expect.stringContaining('open for reading alone')] });

      ends(disk);
      const deadline = Date.now() + DEADLINE_MS / 2;
      for (let outcome = await write(); outcome === 'lost' || outcome.status !== 201; outcome = await write())
        if (Date.now() > deadline) throw new Error(JSON.stringify(outcome));
      expect(await readComments(forum.address, postId)).toHaveLength(known + 1);
    },
    DEADLINE_MS,
  );
});

mounted.it(
  'a first start of a node on a full disk ends with one line on what to do',
  async () => {
    const full = smallFileSystem(1);
    full.fill();
    await expect(
      serveForum({ dataDir: full.dataDir, env: { EVENT_STORE_URL: 'kurrentdb://127.0.0.1:1?tls=false' } }),
    ).rejects.toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^colloquy: \S+ has no room, and there is no forum in it to read; .*\n$/),
    });
    full.remove();
  },
  DEADLINE_MS,
);
