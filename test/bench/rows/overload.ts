import { type BenchForum, startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import type { OverloadLoad, OverloadResult } from '../load/overload-load.ts';
import type { ProbeResult } from '../load/probe-load.ts';
import { underProbe } from '../load/under-probe.ts';
import { quantile } from '../measure.ts';
import { atLeast, atMost, type BenchOptions, type Measured, type Row } from '../row.ts';

/** As many readers as keep a node busy, and ten and more times as many. */
const BUSY = 16;
const TOO_MANY = 256;
const COMMENTS = 200;
/** What is allowed, in milliseconds. */
const ACCEPTED_WITHIN_MS = 1_000;
const HEALTH_WITHIN_MS = 100;

const what = `signed-in page of a ${COMMENTS}-comment thread, ${TOO_MANY} connections that ask on and on`;

interface Round {
  /** Pages a second: with as many readers as keep it busy, with too many, and with as many as before a second later. */
  readonly peak: number;
  readonly loaded: number;
  readonly after: number;
  readonly acceptedMs: number;
  readonly healthMs: number;
  readonly refused: number;
}

let measured: Promise<readonly Round[]> | undefined;

export const overload: Row = {
  name: 'overload',
  what: `${what}: pages answered`,
  against: `the same with ${BUSY} connections`,
  unit: 'pages/s',
  bound: atLeast(0.8),
  run: async (options) =>
    compared(
      await rounds(options),
      ({ loaded, peak }) => [loaded, peak],
      ({ after, refused }) => ({
        pagesPerSecondOneSecondAfter: Math.round(after),
        refused,
      }),
    ),
};

export const overloadLatency: Row = {
  name: 'overload-latency',
  what: `${what}: p99 of those that are answered`,
  against: 'what is allowed',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => compared(await rounds(options), ({ acceptedMs }) => [acceptedMs, ACCEPTED_WITHIN_MS]),
};

export const overloadHealth: Row = {
  name: 'overload-health',
  what: `${what}: p99 of /health/live over new connections`,
  against: 'what is allowed',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => compared(await rounds(options), ({ healthMs }) => [healthMs, HEALTH_WITHIN_MS]),
};

function compared(
  all: readonly Round[],
  figures: (round: Round) => readonly [number, number],
  notes: (last: Round) => Measured['notes'] = () => ({}),
): Measured {
  const pairs = all.map(figures);
  const last = all.at(-1);
  return {
    ours: pairs.map(([ours]) => ours),
    base: pairs.map(([, base]) => base),
    notes: { connections: TOO_MANY, ...(last === undefined ? {} : notes(last)) },
  };
}

/** The three rows look at the same runs. */
function rounds(options: BenchOptions): Promise<readonly Round[]> {
  measured ??= measure(options);
  return measured;
}

async function measure(options: BenchOptions): Promise<readonly Round[]> {
  const forum = await startBenchForum(options);
  const { postId } = await discussedPost(forum.forum.address, forum.admin, COMMENTS);
  const { slug } = await (await fetch(`${forum.forum.address}/api/v1/posts/${postId}`)).json();
  const load = (connections: number, seconds: number) => run(forum, `/posts/${slug}`, { connections, seconds });
  await load(BUSY, 2);
  const found: Round[] = [];
  while (found.length < options.rounds) found.push(await round(load, options.quick ? 4 : 10));
  await forum.end();
  return found;
}

type Load = (
  connections: number,
  seconds: number,
) => Promise<{ readonly loaded: OverloadResult; readonly probed: ProbeResult }>;

async function round(load: Load, seconds: number): Promise<Round> {
  const peak = await load(BUSY, seconds);
  const { loaded, probed } = await load(TOO_MANY, seconds);
  const after = await load(BUSY, 1);
  const faults = Object.keys(loaded.faults);
  if (faults.length > 0)
    throw new Error(`answered otherwise than with a page or 503: ${JSON.stringify(loaded.faults)}`);
  return {
    peak: rate(peak.loaded),
    loaded: rate(loaded),
    after: rate(after.loaded),
    acceptedMs: quantile(loaded.accepted, 0.99),
    healthMs: quantile(probed.health, 0.99),
    refused: loaded.refused,
  };
}

function rate({ accepted, seconds }: OverloadResult): number {
  return accepted.length / seconds;
}

function run({ forum, admin }: BenchForum, path: string, amounts: Pick<OverloadLoad, 'connections' | 'seconds'>) {
  const headers = { cookie: `colloquy_session=${admin.token}` };
  const load: OverloadLoad = { address: forum.address, path, headers, ...amounts };
  return underProbe<OverloadResult>('overload-load.ts', load, { address: forum.address, post: null });
}
