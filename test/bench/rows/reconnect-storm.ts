import { startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import type { StormLoad, StormResult } from '../load/storm-load.ts';
import { underProbe } from '../load/under-probe.ts';
import { quantile } from '../measure.ts';
import { atMost, type BenchOptions, type Measured, type Row } from '../row.ts';

const SOCKETS = 10_000;
const QUICK_SOCKETS = 2_000;
const COMMENTS = 50;
/** What is allowed. */
const BACK_WITHIN_SECONDS = 10;
const POSTED_WITHIN_MS = 1_000;

interface Storm {
  readonly seconds: number;
  readonly postMs: number;
  readonly sockets: number;
}

let measured: Promise<readonly Storm[]> | undefined;

export const reconnectStorm: Row = {
  name: 'reconnect-storm',
  what: `${SOCKETS} live sockets come at once: until the last is in its thread, none reset`,
  against: 'what is allowed',
  unit: 's',
  bound: atMost(1),
  run: async (options) => compared(await storms(options), ({ seconds }) => [seconds, BACK_WITHIN_SECONDS]),
};

export const reconnectPosts: Row = {
  name: 'reconnect-posts',
  what: `comments posted while ${SOCKETS} live sockets come, over new connections, p99`,
  against: 'what is allowed',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => compared(await storms(options), ({ postMs }) => [postMs, POSTED_WITHIN_MS]),
};

function compared(all: readonly Storm[], figures: (storm: Storm) => readonly [number, number]): Measured {
  const pairs = all.map(figures);
  return {
    ours: pairs.map(([ours]) => ours),
    base: pairs.map(([, base]) => base),
    notes: { sockets: all[0]?.sockets ?? 0 },
  };
}

/** The rows look at the same storms. */
function storms(options: BenchOptions): Promise<readonly Storm[]> {
  measured ??= measure(options);
  return measured;
}

async function measure(options: BenchOptions): Promise<readonly Storm[]> {
  const forum = await startBenchForum(options);
  const { address } = forum.forum;
  const { postId } = await discussedPost(address, forum.admin, COMMENTS);
  const found: Storm[] = [];
  while (found.length < options.rounds) {
    const load: StormLoad = { address, postId, sockets: options.quick ? QUICK_SOCKETS : SOCKETS };
    const probe = { address, post: { id: postId, token: forum.admin.token } };
    const { loaded, probed } = await underProbe<StormResult>('storm-load.ts', load, probe);
    if (Object.keys(loaded.faults).length > 0)
      throw new Error(`not all came at once: ${JSON.stringify(loaded.faults)}`);
    found.push({ seconds: loaded.seconds, postMs: quantile(probed.posts, 0.99), sockets: load.sockets });
  }
  await forum.end();
  return found;
}
