/** Milliseconds of processor time that this thread has used; the kernel counts it in steps of some milliseconds. */
export function cpu(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * How long this thread's event loop was held at a stretch while a work was under way: the most processor time between two of its
 * turns, in milliseconds. Time that other programs took is not in it, so a busy machine does not count.
 */
export async function longestHold(work: () => Promise<unknown>): Promise<number> {
  let [longest, before, isDone] = [0, cpu(), false];
  const turn = (): void => {
    const now = cpu();
    longest = Math.max(longest, now - before);
    before = now;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  try {
    await work();
  } finally {
    isDone = true;
  }
  await new Promise((resolve) => setImmediate(resolve));
  return longest;
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
