import { commentNotFound, DomainError, type Remembered } from '../../../libs/kernel/index.ts';
import { isModerator, isStatedLanguage } from '../../../libs/words/index.ts';
import { requireMayTakePart } from '../sanction/standing.facts.ts';
import { invalid } from '../text.ts';
import type { SetCommentLanguage } from './comment.commands.ts';
import type { CommentEvent } from './comment.events.ts';
import type { CommentFacts } from './comment.facts.ts';
import { requireFindable } from './findable.rules.ts';
import { type CommentNeeds, isSeenBy } from './posting.rules.ts';

export interface LanguageState {
  /** Null for none. */
  now: string | null;
  /** Whether a person said so, which then holds for later texts too. */
  isStated: boolean;
}

/** Changes the state. */
export function languageAfter(state: LanguageState, fact: Remembered<CommentEvent>): void {
  switch (fact.type) {
    case 'CommentPosted.v1':
    case 'CommentEdited.v1':
      state.now = fact.data.language ?? null;
      break;
    case 'CommentLanguageSet.v1':
      Object.assign(state, { now: fact.data.language, isStated: true });
      break;
    default:
  }
}

/** The part of the event: a person knows better than what the new text tells. */
export function languageOfEdit(
  { now, isStated }: LanguageState,
  told: string | undefined,
): { readonly language?: string } {
  const language = isStated ? (now ?? undefined) : told;
  return language === undefined ? {} : { language };
}

/** Saying again what was said changes nothing. */
export function setLanguage(
  { data, meta }: SetCommentLanguage,
  { facts, language }: { readonly facts: CommentFacts | null; readonly language: LanguageState },
  needed: CommentNeeds,
): readonly CommentEvent[] {
  if (facts === null || !isSeenBy(facts, data.by)) throw commentNotFound();
  requireFindable(facts, needed, data.by, meta.now);
  if (facts.authorId !== data.by.memberId && !isModerator(data.by.roles)) {
    throw new DomainError('forbidden', 'Only its author and moderators may say which language a comment is in.');
  }
  if (facts.status === 'removed' || facts.status === 'erased') {
    throw new DomainError('comment_removed', 'This comment was removed.');
  }
  requireMayTakePart(needed.standing, meta.now);
  if (!isStatedLanguage(data.language)) throw invalid('language', 'must be a language that texts are told to be in');
  if (language.isStated && language.now === data.language) return [];
  const { commentId, postId } = facts;
  return [{ type: 'CommentLanguageSet.v1', data: { commentId, postId, language: data.language }, personal: null }];
}
