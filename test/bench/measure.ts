import { readFileSync } from 'node:fs';

/** One side of a comparison: does the work once and gives its figure. */
export type Side = () => Promise<number>;

export interface Compared {
  readonly ours: readonly number[];
  readonly base: readonly number[];
}

/** Runs both sides in turn, each first in every other round, so that what drifts on the machine meets both alike. */
export async function alternate(rounds: number, ours: Side, base: Side): Promise<Compared> {
  const figures = { ours: [] as number[], base: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? 'ours' : 'base';
    const second = first === 'ours' ? 'base' : 'ours';
    const sides = { ours, base };
    figures[first].push(await sides[first]());
    figures[second].push(await sides[second]());
  }
  return figures;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between neighbours, as R's type 7; NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** What the main thread of a process has taken of the processors so far; not a number where there is no Linux to tell it. */
export function mainThreadMs(pid: number | undefined): number {
  try {
    // proc(5): nanoseconds on a processor, nanoseconds of waiting for one, turns.
    const [running] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
    return Number(running) / 1e6;
  } catch {
    return Number.NaN;
  }
}

/** Seconds that the work took, by the monotonic clock. */
export async function seconds(work: () => Promise<void> | void): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}
