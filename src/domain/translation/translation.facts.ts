import { DomainError, type Fold } from '../../../libs/kernel/index.ts';
import type { TranslationEvent, TranslationWritten } from './translation.events.ts';

/** The facts about a translation that other rules may use. */
export interface TranslationFacts extends Omit<TranslationWritten['data'], 'sourceRevision' | 'sourceHash'> {
  /** The revision of its newest text; a report is about this revision. */
  textRevision: number;
  /** False once it was taken away. */
  standing: boolean;
}

export const translationFacts: Fold<TranslationFacts | null, TranslationEvent> = {
  initial: () => null,
  evolve: (state, fact) => {
    if (fact.type === 'TranslationWritten.v1') {
      const { translationId, postId, commentId, language, memberId } = fact.data;
      const textRevision = Number(fact.envelope.revision);
      return { translationId, postId, commentId, language, memberId, textRevision, standing: true };
    }
    if (state !== null && fact.type === 'TranslationRemoved.v2') state.standing = false;
    return state;
  },
};

export function translationNotFound(): DomainError {
  return new DomainError('not_found', 'There is no such translation.');
}
