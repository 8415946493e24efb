import { ColloquyProblem } from './problem.ts';
import type { Problem } from './shapes.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads a problem+json answer; another answer (a proxy's page) becomes `unexpected_answer`. */
export async function problemOf(response: Response): Promise<ColloquyProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const told = problemIn(body) ?? {
    code: 'unexpected_answer',
    detail: `The server answered ${response.status} without a problem document.`,
  };
  return new ColloquyProblem(
    { ...told, status: response.status },
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}

/** The part of a problem that ColloquyProblem keeps; undefined for anything else. */
function problemIn(body: unknown): (Partial<Problem> & Pick<Problem, 'code' | 'detail'>) | undefined {
  if (!isObject(body) || typeof body['code'] !== 'string' || typeof body['detail'] !== 'string') return undefined;
  const { code, detail, type, title, errors } = body;
  return {
    code,
    detail,
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof title === 'string' ? { title } : {}),
    ...(Array.isArray(errors) ? { errors: errors.flatMap((error) => fieldErrorIn(error) ?? []) } : {}),
  };
}

function fieldErrorIn(error: unknown): { readonly field: string; readonly message: string } | undefined {
  if (!isObject(error) || typeof error['field'] !== 'string' || typeof error['message'] !== 'string') return undefined;
  return { field: error['field'], message: error['message'] };
}
