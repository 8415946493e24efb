import type { Compared } from './measure.ts';

export interface BenchOptions {
  readonly rounds: number;
  /** Smaller amounts, for development: the figures are rough. */
  readonly quick: boolean;
  /** Where to write CPU profiles of our side; null for none. */
  readonly profileDir: string | null;
}

/** One line of the table: what is measured against what, and how far it must come. */
export interface Row {
  readonly name: string;
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  /** What the bound says of ours and base within one round; the median over the rounds counts. */
  readonly bound: {
    readonly text: string;
    readonly ratio: (ours: number, base: number) => number;
    readonly met: (ratio: number) => boolean;
  };
  readonly run: (options: BenchOptions) => Promise<Measured>;
}

export interface Measured extends Compared {
  /** Further figures and what the work consisted of, for the JSON and the reader. */
  readonly notes: Readonly<Record<string, string | number>>;
}

/** Less is better: ours over base may be `most` at most. */
export function atMost(most: number): Row['bound'] {
  return { text: `≤ ${most}`, ratio: (ours, base) => ours / base, met: (ratio) => ratio <= most };
}

/** More is better: ours over base must be at least `least`. */
export function atLeast(least: number): Row['bound'] {
  return { text: `≥ ${least}`, ratio: (ours, base) => ours / base, met: (ratio) => ratio >= least };
}

/** Less is better: ours over base may be `most` at most, once the tick by which ours collects is taken off. */
export function atMostAfter(most: number, tickMs: number): Row['bound'] {
  return {
    text: `≤ ${most}, after the ${tickMs} ms tick`,
    ratio: (ours, base) => (ours - tickMs) / base,
    met: (ratio) => ratio <= most,
  };
}
