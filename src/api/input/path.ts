import { DomainError, type ErrorCode, isUuid } from '../../../libs/kernel/index.ts';
import { REACTION_KINDS, type ReactionKind } from '../../../libs/words/index.ts';

/** An id in the path. A malformed id names nothing, so the answer is that for an unknown one. */
export function idInPath(text: string, code: Extract<ErrorCode, `${string}_not_found` | 'not_found'>): string {
  if (isUuid(text)) return text;
  throw new DomainError(code, `There is no such ${code === 'not_found' ? 'thing' : code.replace('_not_found', '')}.`);
}

export function reactionInPath(text: string): ReactionKind {
  const kind = REACTION_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  const message = `must be one of ${REACTION_KINDS.join(', ')}`;
  throw new DomainError('invalid', `kind ${message}.`, [{ field: 'kind', message }]);
}
