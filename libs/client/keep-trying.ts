import { ColloquyProblem } from './problem.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Does the work until it succeeds, with growing pauses of random length, or of the length that the forum asks for. Null
 * once the signal has aborted; throws an error that will not pass by itself.
 */
export async function keepTrying<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
  onFailure: (problem: ColloquyProblem) => void = () => undefined,
): Promise<Result | null> {
  for (let longest = FIRST_PAUSE_MS; ; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
    if (signal.aborted) return null;
    try {
      return await work();
    } catch (failure) {
      if (signal.aborted) return null;
      if (!(failure instanceof ColloquyProblem && failure.passing)) throw failure;
      onFailure(failure);
      const asked = (failure.retryAfterSeconds ?? 0) * 1000;
      await pause(Math.max(asked, longest * (0.5 + Math.random() / 2)), signal);
    }
  }
}

/** Ends early when the signal aborts. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
