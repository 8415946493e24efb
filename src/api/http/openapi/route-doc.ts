import type { ErrorCode } from '../../../../libs/kernel/index.ts';
import type { Guarded } from '../../../permissions.ts';
import type { Shape } from '../../input/check-input.ts';
import type { AnswerName } from './answers.ts';

/** Every route for programs; the compiler finds one that has no entry here. */
export type ProgramRoute = Extract<Guarded, `${string} /api/v1/${string}` | `GET /health/${string}` | 'GET /metrics'>;

export interface RouteDoc {
  readonly tag: 'audit' | 'moderation' | 'members' | 'sessions' | 'posts' | 'comments' | 'the forum';
  readonly summary: string;
  readonly body?: Shape<object>;
  readonly query?: Shape<object>;
  readonly status: 200 | 201 | 204;
  /** A schema's name, a media type for what is no JSON of a shape, or null for an empty answer. */
  readonly answer: AnswerName | { readonly type: string } | null;
  /** Refusals besides those that every route of its kind has. */
  readonly refusals: readonly ErrorCode[];
}
