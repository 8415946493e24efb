import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newAccount, newPost, sendJson } from '../../support/forum-account.ts';
import { MEASURED_SETTINGS, type ServedForum, serveForum } from '../../support/served-forum.ts';
import { median, seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { atMost, type BenchOptions, type Measured, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { inScratch } from './appends.ts';

const POSTS = 40;
const AT_ONCE = 16;
/** Seconds without anybody, after which the threads that have nothing to do have ended. */
const REST = 40;
/** What is asked. */
const EMPTY_MIB = 140;
const BUSY_MIB = 200;
const READY_SECONDS = 0.5;
const COMMENT_BYTES = 1_300;

/** From `node` to the line that tells the address, with nothing in the forum; it was served before. */
export const startEmpty: Row = {
  name: 'start-empty',
  what: 'start of an empty forum, from node to ready',
  against: 'what is asked',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    inScratch(async (dir) => {
      const start = async (): Promise<number> => {
        let forum: ServedForum | undefined;
        const took = await seconds(async () => {
          forum = await serveForum({ dataDir: dir, env: MEASURED_SETTINGS });
        });
        await forum?.end();
        return took;
      };
      await start();
      return besideAsked(options, start, READY_SECONDS);
    }),
};

export const rssEmpty: Row = {
  name: 'rss-empty',
  what: `memory of an empty forum, ${REST} s after it is ready`,
  against: 'what is asked',
  unit: 'MiB',
  bound: atMost(1),
  run: (options) =>
    inScratch(async (dir) => {
      const ready: number[] = [];
      const measure = async (): Promise<number> => {
        const forum = await serveForum({ dataDir: dir, env: MEASURED_SETTINGS });
        ready.push(memoryOf(forum));
        await pause(REST * 1_000);
        const mib = memoryOf(forum);
        await forum.end();
        return mib;
      };
      const measured = await besideAsked(options, measure, EMPTY_MIB);
      return { ...measured, notes: { 'MiB when ready': median(ready) } };
    }),
};

interface Lived {
  /** Right after the last comment. */
  readonly busy: number;
  readonly mib: number;
  readonly bytes: number;
  readonly parts: Readonly<Record<string, number>>;
}

let lived: Promise<readonly Lived[]> | undefined;

/** The two rows look at the same forums. */
function lives(options: BenchOptions): Promise<readonly Lived[]> {
  lived ??= (async () => {
    const all: Lived[] = [];
    for (let round = 0; round < options.rounds; round += 1) all.push(await inScratch((dir) => live(dir, options)));
    return all;
  })();
  return lived;
}

export const rss20k: Row = {
  name: 'rss-20k',
  what: `memory ${REST} s after 20,000 comments were posted over HTTP`,
  against: 'what is asked',
  unit: 'MiB',
  bound: atMost(1),
  run: async (options) => {
    const all = await lives(options);
    const notes = { 'MiB after the last comment': median(all.map(({ busy }) => busy)) };
    return { ours: all.map(({ mib }) => mib), base: all.map(() => BUSY_MIB), notes };
  },
};

export const diskBytes: Row = {
  name: 'disk-bytes',
  what: 'bytes under DATA_DIR for each of 20,000 comments, once the forum was ended',
  against: 'what is asked',
  unit: 'bytes',
  bound: atMost(1),
  run: async (options) => {
    const all = await lives(options);
    const notes = all.at(-1)?.parts ?? {};
    return { ours: all.map(({ bytes }) => bytes), base: all.map(() => COMMENT_BYTES), notes };
  },
};

async function besideAsked(options: BenchOptions, measure: () => Promise<number>, asked: number): Promise<Measured> {
  const ours: number[] = [];
  while (ours.length < options.rounds) ours.push(await measure());
  return { ours, base: ours.map(() => asked), notes: {} };
}

async function live(dataDir: string, { quick }: BenchOptions): Promise<Lived> {
  const comments = quick ? 5_000 : 20_000;
  const forum = await serveMeasured({ dataDir });
  const admin = await newAccount(forum.address, 'bench-admin');
  const posts = await Promise.all(
    Array.from({ length: POSTS }, (_, n) => newPost(forum.address, admin, `News of week ${n}`)),
  );
  let next = 0;
  const person = async (): Promise<void> => {
    while (next < comments) {
      next += 1;
      const path = `${forum.address}/api/v1/posts/${posts[next % POSTS]}/comments`;
      await sendJson(path, 'POST', { body: sampleComment(next) }, admin.token);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, person));
  const busy = memoryOf(forum);
  await pause(REST * 1_000);
  const mib = memoryOf(forum);
  await forum.end();
  const parts = bytesIn(dataDir);
  const bytes = Object.values(parts).reduce((sum, size) => sum + size, 0);
  rmSync(dataDir, { recursive: true });
  return { busy, mib, bytes: Math.round(bytes / comments), parts };
}

/** Resident memory in MiB. Throws where there is no Linux to tell it. */
export function memoryOf({ process: { pid } }: Pick<ServedForum, 'process'>): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
}

/** Of each file under the directory, by its path there. */
function bytesIn(dir: string): Readonly<Record<string, number>> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path.slice(dir.length + 1), statSync(path).size];
    }),
  );
}
