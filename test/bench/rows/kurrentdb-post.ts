import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnKurrentDbServer } from '../../kurrentdb-server/spawned-server.ts';
import { type Account, newAccount, newPost, sendJson } from '../../support/forum-account.ts';
import type { ServedForum } from '../../support/served-forum.ts';
import { bareComments } from '../baselines/kurrentdb-client.ts';
import { alternate, median, quantile } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { atMost, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { inScratch } from './appends.ts';

/** Comments until the code that they run through is compiled, on both sides and of the bare client. */
const WARM_UP = 300;

interface Side {
  readonly forum: ServedForum;
  readonly admin: Account;
}

/**
 * One person who comments, one comment after the other, on a forum over either log. Its notes have what the database's client
 * alone takes for the same calls, one after the other: what is the database's and no adapter can take away.
 */
export const kurrentdbPost: Row = {
  name: 'kurrentdb-post',
  what: 'POST a comment, the log on KurrentDB (the server of the tests), one after the other, p99',
  against: 'the same forum with its log in a SQLite file',
  unit: 'ms',
  bound: atMost(2),
  run: (options) =>
    inScratch(async (dir) => {
      const comments = options.quick ? 300 : 1_000;
      const log = await spawnKurrentDbServer({ dir: join(dir, 'log') });
      const onServer = await serve({ EVENT_STORE_URL: log.url });
      const onFile = await serve({});
      const medians = { server: [] as number[], file: [] as number[] };
      const bare = { p50: [] as number[], p99: [] as number[] };
      try {
        const compared = await alternate(
          options.rounds,
          async () => {
            const times = (await bareComments(log.url, log.port, comments + WARM_UP)).slice(WARM_UP);
            bare.p50.push(quantile(times, 0.5));
            bare.p99.push(quantile(times, 0.99));
            return slowest(onServer, comments, medians.server);
          },
          () => slowest(onFile, comments, medians.file),
        );
        const p50 = { p50: median(medians.server), p50File: median(medians.file) };
        return { ...compared, notes: { comments, ...p50, p50Bare: median(bare.p50), p99Bare: median(bare.p99) } };
      } finally {
        await end(onServer);
        await end(onFile);
        await log.kill();
      }
    }),
};

async function serve(env: Readonly<Record<string, string>>): Promise<Side> {
  const forum = await serveMeasured({ env });
  return { forum, admin: await newAccount(forum.address, 'bench-admin') };
}

async function end({ forum }: Side): Promise<void> {
  await forum.end();
  rmSync(forum.dataDir, { recursive: true, force: true });
}

/** The 99th hundredth in milliseconds; the median is noted. */
async function slowest({ forum, admin }: Side, comments: number, medians: number[]): Promise<number> {
  const path = `${forum.address}/api/v1/posts/${await newPost(forum.address, admin, 'A post')}/comments`;
  const times: number[] = [];
  for (let at = 0; at < comments + WARM_UP; at += 1) {
    const started = performance.now();
    await sendJson(path, 'POST', { body: sampleComment(at) }, admin.token);
    if (at >= WARM_UP) times.push(performance.now() - started);
  }
  medians.push(quantile(times, 0.5));
  return quantile(times, 0.99);
}
