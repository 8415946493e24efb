import { ColloquyProblem } from './problem.ts';
import type { Problem } from './shapes.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a problem+json answer; one that is something else (a proxy's page) becomes `unexpected_answer`. */
export async function problemOf(response: Response): Promise<ColloquyProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ColloquyProblem(
    isProblem(body)
      ? { ...body, status: response.status }
      : {
          code: 'unexpected_answer',
          detail: `The server answered ${response.status} without a problem document.`,
          status: response.status,
        },
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

function isProblem(body: unknown): body is Problem {
  return isObject(body) && typeof body.code === 'string' && typeof body.detail === 'string';
}
