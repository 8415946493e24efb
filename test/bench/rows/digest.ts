import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newAccount, newPost, sendJson } from '../../support/forum-account.ts';
import { newDataDir } from '../../support/served-forum.ts';
import { seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { writeFollowers } from '../raw-people.ts';
import { atMost, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { recorded, settledConfirmations } from '../told-forum.ts';
import { memoryOf } from './small-machine.ts';

const DIGESTS = 20_000;
/** What is asked, in seconds. */
const DIGESTS_WITHIN = 60;
/** What is asked, in MiB. */
const MOST_MEMORY = 200;
const WATCH_EVERY_MS = 200;
const LATER = join(import.meta.dirname, '..', 'days-later.ts');

/** Members who want one mail a day, and a night: the server's clock stands two days later when it starts again. */
export const digest: Row = {
  name: 'digest',
  what: `digests for ${DIGESTS.toLocaleString('en')} members, from the start of a server that finds them due until the last is in the outbox`,
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: async ({ quick }) => {
    const members = membersOf(quick);
    const { took, memory } = await sendDigests(members);
    return { ours: [took], base: [(DIGESTS_WITHIN * members) / DIGESTS], notes: { members, memoryMiB: memory } };
  },
};

export const digestMemory: Row = {
  name: 'digest-memory',
  what: 'the same, the memory that they take beyond that of a server that is ready',
  against: 'what is asked',
  unit: 'MiB',
  bound: atMost(1),
  run: async ({ quick }) => {
    const members = membersOf(quick);
    return { ours: [(await sendDigests(members)).memory], base: [MOST_MEMORY], notes: { members } };
  },
};

function membersOf(quick: boolean): number {
  return quick ? DIGESTS / 10 : DIGESTS;
}

async function sendDigests(members: number): Promise<{ took: number; memory: number }> {
  const dataDir = newDataDir();
  const start = (env = {}) => serveMeasured({ dataDir, env });
  let forum = await start();
  try {
    const admin = await newAccount(forum.address, 'bench-admin');
    const post = await newPost(forum.address, admin, 'Followed');
    await forum.end();
    await writeFollowers(dataDir, { count: members, postId: post, way: 'daily' });
    forum = await start();
    await settledConfirmations(forum, members);
    for (let said = 0; said < 3; said += 1) {
      const body = { body: sampleComment(said) };
      await sendJson(`${forum.address}/api/v1/posts/${post}/comments`, 'POST', body, admin.token);
    }
    await forum.end();
    // A server that Node is given flags for on the command line runs without those that it is deployed with.
    forum = await start({ DAYS_LATER: '2', NODE_OPTIONS: `--import=${LATER}` });
    const before = memoryOf(forum);
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, memoryOf(forum));
    }, WATCH_EVERY_MS);
    try {
      const took = await seconds(() => recorded(forum, { mails: members, isSent: true, everyMs: WATCH_EVERY_MS }));
      return { took, memory: most - before };
    } finally {
      clearInterval(watch);
    }
  } finally {
    await forum.end();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
