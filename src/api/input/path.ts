import { DomainError } from '../../../libs/kernel/index.ts';
import { REACTION_KINDS, type ReactionKind } from '../../../libs/words/index.ts';

export function reactionInPath(text: string): ReactionKind {
  const kind = REACTION_KINDS.find((known) => known === text);
  if (kind !== undefined) return kind;
  const message = `must be one of ${REACTION_KINDS.join(', ')}`;
  throw new DomainError('invalid', `kind ${message}.`, [{ field: 'kind', message }]);
}
