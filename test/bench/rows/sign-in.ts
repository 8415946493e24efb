import { resolve } from 'node:path';
import { hash, verify } from '@node-rs/argon2';
import { runProgram } from '../../support/child-program.ts';
import { PASSWORD } from '../../support/forum-account.ts';
import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import { oneByOne } from '../load/one-by-one.ts';
import type { OverloadLoad, OverloadResult } from '../load/overload-load.ts';
import { quantile } from '../measure.ts';
import { atLeast, atMost, type BenchOptions, type Row } from '../row.ts';

const SIGNING_IN = 200;
const COMMENTS = 200;
/** As the forum hashes, and as many at once. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 2;
/** What is allowed for a read, in milliseconds. */
const READ_WITHIN_MS = 250;

const program = resolve(import.meta.dirname, '../load/overload-load.ts');
const what = `POST /sessions by ${SIGNING_IN} connections that ask on and on`;

interface Round {
  /** Sign-ins a second, and as many checks of a password with nothing around them. */
  readonly signIns: number;
  readonly checks: number;
  /** p99 of reads meanwhile, and alone. */
  readonly readMs: number;
  readonly aloneMs: number;
  readonly refused: number;
}

let measured: Promise<readonly Round[]> | undefined;

export const signIn: Row = {
  name: 'sign-in',
  what: `${what}: sign-ins`,
  against: `argon2id alone, ${AT_ONCE} at once`,
  unit: 'sign-ins/s',
  bound: atLeast(0.5),
  run: async (options) => {
    const all = await rounds(options);
    const refused = all.at(-1)?.refused ?? 0;
    const notes = { connections: SIGNING_IN, refused };
    return { ours: all.map(({ signIns }) => signIns), base: all.map(({ checks }) => checks), notes };
  },
};

export const signInReads: Row = {
  name: 'sign-in-reads',
  what: `${what}: p99 of a page of ${COMMENTS} comments that another one reads meanwhile`,
  against: 'what is allowed',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => {
    const all = await rounds(options);
    const aloneMs = all.at(-1)?.aloneMs ?? Number.NaN;
    const notes = { connections: SIGNING_IN, aloneMs };
    return { ours: all.map(({ readMs }) => readMs), base: all.map(() => READ_WITHIN_MS), notes };
  },
};

/** The two rows look at the same runs. */
function rounds(options: BenchOptions): Promise<readonly Round[]> {
  measured ??= measure(options);
  return measured;
}

async function measure(options: BenchOptions): Promise<readonly Round[]> {
  const bench = await startBenchForum(options);
  const { postId } = await discussedPost(bench.forum.address, bench.admin, COMMENTS);
  const path = `/api/v1/posts/${postId}/comments?limit=100`;
  const found: Round[] = [];
  while (found.length < options.rounds) found.push(await round(bench, path, options.quick ? 4 : 10));
  await bench.end();
  return found;
}

async function round({ forum: { address } }: BenchForum, path: string, seconds: number): Promise<Round> {
  const alone = await readFor(address, path, seconds / 2);
  const load: OverloadLoad = {
    address,
    path: '/api/v1/sessions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'bench-admin', password: PASSWORD }),
    connections: SIGNING_IN,
    seconds,
  };
  const loading = runProgram([program, JSON.stringify(load)]);
  const read = await readFor(address, path, seconds);
  const loaded: OverloadResult = JSON.parse(await loading);
  const faults = Object.keys(loaded.faults);
  if (faults.length > 0)
    throw new Error(`answered otherwise than by a session or 503: ${JSON.stringify(loaded.faults)}`);
  return {
    signIns: loaded.accepted.length / loaded.seconds,
    checks: await checksPerSecond(seconds / 2),
    readMs: quantile(read, 0.99),
    aloneMs: quantile(alone, 0.99),
    refused: loaded.refused,
  };
}

/** Milliseconds of each read, one after the other. */
async function readFor(address: string, path: string, seconds: number): Promise<readonly number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) times.push(...(await oneByOne(address, [path])));
  return times;
}

async function checksPerSecond(seconds: number): Promise<number> {
  const phc = await hash(PASSWORD, COST);
  const end = performance.now() + seconds * 1_000;
  let checks = 0;
  const check = async (): Promise<void> => {
    while (performance.now() < end) {
      await verify(phc, PASSWORD);
      checks += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, check));
  return checks / seconds;
}
