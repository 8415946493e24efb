import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newAccount, newPost } from '../support/forum-account.ts';
import { type ReadComment, readComments } from '../support/read-comments.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { recordedComments, verifyViews } from '../support/stopped-forum.ts';
import { Writers } from '../support/writers.ts';

const KILLS = process.env['COLLOQUY_LONG'] === undefined ? 6 : 300;
const WRITERS = 8;
/** Comments between two kills: 1 to this many, so that kills fall at all moments of a server's life. */
const MOST_BETWEEN = 60;

describe(`a server that is killed ${KILLS} times while people write`, () => {
  let forum: ServedForum;
  let posts: string[];
  let writers: Writers;

  beforeAll(async () => {
    forum = await serveForum();
    const admin = await newAccount(forum.address, 'ada');
    const members = [admin, await newAccount(forum.address, 'ana'), await newAccount(forum.address, 'bob')];
    posts = [];
    for (const title of ['One', 'Two', 'Three']) posts.push(await newPost(forum.address, admin, title));
    let address = Promise.resolve(forum.address);
    const tokens = members.map(({ token }) => token);
    writers = new Writers({ count: WRITERS, posts, tokens, address: () => address, patient: true });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await writers.until(writers.acknowledged.size + 1 + ((kill * 37) % MOST_BETWEEN));
      const restarted = killAndServe(forum);
      address = restarted.then((next) => next.address);
      forum = await restarted;
    }
    await writers.until(writers.acknowledged.size + WRITERS);
    await writers.stop();
  }, 600_000);

  afterAll(async () => {
    await forum.end('SIGKILL');
    rmSync(forum.dataDir, { recursive: true, force: true });
  });

  test('was hit in the middle of requests', () => {
    expect(writers.lost).toBeGreaterThan(KILLS / 2);
  });

  test('refused nothing', () => {
    expect(writers.refused).toEqual([]);
  });

  test('shows every acknowledged comment once, as it was sent, and no other', async () => {
    const shown: ReadComment[] = [];
    for (const postId of posts) shown.push(...(await readComments(forum.address, postId)));
    const sent = [...writers.acknowledged.values()];
    expect(sorted(shown)).toEqual(sorted(sent));
  }, 120_000);

  test('has each comment once in its log, and views that equal a rebuild', async () => {
    expect(await forum.end()).toBe(0);
    const recorded = await recordedComments(forum.dataDir);
    expect([...recorded].sort()).toEqual([...writers.acknowledged.keys()].sort());
    const views = await verifyViews(forum.dataDir);
    expect(views.length).toBeGreaterThanOrEqual(3);
    expect(views.filter((view) => !view.equal)).toEqual([]);
  }, 120_000);
});

async function killAndServe(forum: ServedForum): Promise<ServedForum> {
  await forum.end('SIGKILL');
  return serveForum({ dataDir: forum.dataDir });
}

function sorted(comments: readonly ReadComment[]): readonly ReadComment[] {
  return comments.map(({ id, postId, body }) => ({ id, postId, body })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
