import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';

/** Milliseconds of processor time that this thread has used; the kernel counts it in steps of some milliseconds. */
export function cpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** What V8's performance entries call a collection of the whole heap. */
const WHOLE_HEAP = constants.NODE_PERFORMANCE_GC_MAJOR;

interface Turn {
  readonly from: number;
  readonly to: number;
  readonly worked: number;
}

/**
 * How long this thread's event loop was held at a stretch while a work was under way: the most processor time between two of its
 * turns, in milliseconds. Time that other programs took is not in it, so a busy machine does not count. Neither are collections of
 * the whole heap, which is mostly the test runner's and its modules' here: one of them takes 50 to 70 milliseconds.
 */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  const seen: PerformanceEntry[] = [];
  const collections = new PerformanceObserver((list) => void seen.push(...list.getEntries()));
  collections.observe({ entryTypes: ['gc'] });
  const turns: Turn[] = [];
  let [from, before, isDone] = [performance.now(), cpu(), false];
  const turn = (): void => {
    const [to, now] = [performance.now(), cpu()];
    if (now > before) turns.push({ from, to, worked: now - before });
    [from, before] = [to, now];
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work();
  } finally {
    isDone = true;
  }
  await new Promise((resolve) => setImmediate(resolve));
  const whole = [...seen, ...collections.takeRecords()].filter((entry) => kindOf(entry) === WHOLE_HEAP);
  collections.disconnect();
  const holds = turns.map(({ from, to, worked }) => {
    const within = whole.filter(({ startTime }) => startTime >= from && startTime < to);
    return worked - within.reduce((sum, { duration }) => sum + duration, 0);
  });
  return Math.max(0, ...holds);
}

function kindOf(entry: PerformanceEntry): unknown {
  const detail: unknown = Reflect.get(entry, 'detail');
  return typeof detail === 'object' && detail !== null && 'kind' in detail ? detail.kind : undefined;
}

/** A fixed piece of work takes so many milliseconds on a quiet machine of 2025 with two cores. */
const YARD_MS = 100;
const YARD_ROUNDS = 40;
const YARD_ENTRIES = 11_000;

/** What this machine does now in the time in which a quiet one works so many milliseconds. */
export function asIfQuiet(milliseconds: number): number {
  const entries = Array.from({ length: YARD_ENTRIES }, (_, n) => ({
    id: `entry-${n}`,
    n,
    words: 'a few words of text',
  }));
  const before = cpu();
  for (let round = 0; round < YARD_ROUNDS; round += 1) JSON.parse(JSON.stringify(entries));
  return milliseconds * Math.max(1, (cpu() - before) / YARD_MS);
}
