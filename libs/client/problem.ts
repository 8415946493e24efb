import type { Problem } from './shapes.ts';

/** Codes that this client makes itself, beside the forum's own. */
export type ClientCode = 'unreachable' | 'unexpected_answer';

/**
 * A refusal by the forum, or its absence: `code` is what programs read, `detail` what people read. `status` is 0 when no
 * HTTP answer stands behind it (network, live).
 */
export class ColloquyProblem extends Error implements Problem {
  override readonly name = 'ColloquyProblem';
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** Seconds after which asking again makes sense. */
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

  /** True when the same request may well succeed later: it was not refused for what it says. */
  get passing(): boolean {
    return PASSING.has(this.code);
  }
}

/** True when it was refused for want of a session alone: the same is taken once its sender has signed in. */
export function isSignedOut(code: string): boolean {
  return code === 'unauthenticated' || code === 'token_expired';
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
