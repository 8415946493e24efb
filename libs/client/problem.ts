import type { Problem } from './shapes.ts';

/** Codes that this client makes itself, besides the forum's own. */
export type ClientCode = 'unreachable' | 'unexpected_answer';

/**
 * A refusal by the forum, or its absence. Programs read `code`, people read `detail`. `status` is 0 without an HTTP
 * answer (network, live).
 */
export class ColloquyProblem extends Error implements Problem {
  override readonly name = 'ColloquyProblem';
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** Seconds after which a repeat makes sense. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    problem: Partial<Problem> & Pick<Problem, 'code' | 'detail'>,
    retryAfterSeconds?: number,
    options?: ErrorOptions,
  ) {
    super(`${problem.code}: ${problem.detail}`, options);
    this.type = problem.type ?? 'about:blank';
    this.title = problem.title ?? problem.code;
    this.status = problem.status ?? 0;
    this.detail = problem.detail;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** True when the same request may succeed later, since its contents were not the reason. */
  get passing(): boolean {
    return PASSING.has(this.code);
  }
}

/** True when only a session was missing: the same request is accepted once its sender has signed in. */
export function isSignedOut(code: string): boolean {
  return code === 'unauthenticated' || code === 'token_expired' || code === 'someone_else';
}

const PASSING: ReadonlySet<string> = new Set([
  'unreachable',
  'unexpected_answer',
  'rate_limited',
  'slow_mode',
  'internal',
  'storage_unavailable',
  'read_only',
  'not_caught_up',
  'shutting_down',
  'overloaded',
]);
