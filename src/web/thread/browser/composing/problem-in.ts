import type { ColloquyProblem } from '../../../../../libs/client/problem.ts';

type ToldProblem = Partial<Pick<ColloquyProblem, 'code' | 'retryAfterSeconds'>>;

/** Told by its name, since the thread's program has a class of its own. */
export function problemIn(error: unknown): ToldProblem | null {
  return isProblem(error) ? error : null;
}

function isProblem(error: unknown): error is ColloquyProblem {
  return error instanceof Error && error.name === ('ColloquyProblem' satisfies ColloquyProblem['name']);
}
