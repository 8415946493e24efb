import { NotAnswered } from './faults.ts';

/** The answer, or NotAnswered after so many milliseconds, since the client itself may wait for ever. */
export async function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotAnswered(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

export interface Patience {
  /** The longest that the answer may take, in milliseconds. */
  readonly longestMs: number;
  /** Milliseconds of silence after which the node is asked whether it is alive. */
  readonly aliveMs: number;
  /** Throws when the node is not alive. */
  readonly alive: () => Promise<unknown>;
}

/**
 * The answer; NotAnswered when it takes too long, or when the node is not alive. A slow answer is no fault, silence is.
 */
export async function patiently<Answer>(
  answer: Promise<Answer>,
  { longestMs, aliveMs, alive }: Patience,
): Promise<Answer> {
  const began = performance.now();
  for (;;) {
    const left = longestMs - (performance.now() - began);
    try {
      return await within(Math.max(0, Math.min(aliveMs, left)), answer);
    } catch (error) {
      if (!(error instanceof NotAnswered)) throw error;
      if (left <= aliveMs) throw new NotAnswered(longestMs);
    }
    const silent = (): never => {
      throw new NotAnswered(Math.round(performance.now() - began));
    };
    await Promise.race([answer.then(nothing, nothing), alive().catch(silent)]);
  }
}

/**
 * The deadline of an append that is sent to the database, in milliseconds: a week. The client sends it as a moment of
 * this machine's clock, and a clock behind the database's would have every append refused. The real deadline is counted
 * here.
 */
export const APPEND_DEADLINE_MS = 7 * 86_400_000;

const nothing = (): undefined => undefined;

/** Waits, or less when the signal aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
  });
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** The wait before the nth attempt (from 1): doubling, and spread so that nodes do not come back all at once. */
export function backOff(attempt: number): number {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10));
  return most / 2 + (Math.random() * most) / 2;
}
