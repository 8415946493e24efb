import { Command, DomainError, deriveId } from '../../../libs/kernel/index.ts';
import {
  TEXT_LIMITS,
  type TextLimits,
  type TranslationReason,
  type TranslationWriters,
} from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';
import type { TranslationReportsDismissed } from './translation.events.ts';

/** A text that may be translated. */
export type Translatable =
  | { readonly kind: 'post'; readonly postId: string }
  | { readonly kind: 'comment'; readonly commentId: string };

/** Each member has one translation of a text into a language. */
export function translationIdOf(of: Translatable, language: string, memberId: string): string {
  return deriveId('translation', of.kind, of.kind === 'post' ? of.postId : of.commentId, language, memberId);
}

/** `sourceRevision` is that of the text that the translator has seen. */
export class WriteTranslation extends Command<{
  readonly translationId: string;
  readonly of: Translatable;
  readonly language: string;
  /** Empty for a comment. */
  readonly title: string;
  readonly body: string;
  readonly sourceRevision: number;
  readonly by: Actor;
  /** The settings in force: who translates, and the characters of the longest comment. */
  readonly writers: TranslationWriters;
  readonly maxLength: number;
}> {
  readonly type = 'WriteTranslation';
}

/** By its translator, by the author of a text that says another thing since, or by a moderator, who gives a reason. */
export class RemoveTranslation extends Command<{
  readonly translationId: string;
  readonly by: Actor;
  /** Null for the wish of the translator or the author. */
  readonly reason: TranslationReason | null;
  /** A moderator's words for whoever translated; empty or absent for none. */
  readonly statement?: string;
  /** Whether what it translates says another thing than it said then: a text may be changed and changed back. */
  readonly isOutdated: boolean;
  /** The revision of its text that whoever removes it has seen; whatever its text is where it is not told. */
  readonly seen?: number;
}> {
  readonly type = 'RemoveTranslation';
}

/** A part of the erasure of the translator or of the translated text. */
export class EraseTranslation extends Command<{ readonly translationId: string }> {
  readonly type = 'EraseTranslation';
}

/** By a moderator who saw these reports and this text, and keeps it. */
export class DismissTranslationReports extends Command<{
  readonly translationId: string;
  readonly by: Actor;
  readonly revision: number;
  readonly reports: TranslationReportsDismissed['data']['reports'];
}> {
  readonly type = 'DismissTranslationReports';
}

/** The refusal `forbidden` of what the policy would hold, for callers that say so in their own words. */
export class WouldWait extends DomainError {
  constructor() {
    super(
      'forbidden',
      'A comment with these words, or of an account as new as yours, would wait for a moderator, so it cannot stand as a translation.',
    );
  }
}

export type TranslationCommand = WriteTranslation | RemoveTranslation | EraseTranslation | DismissTranslationReports;

/** As long as what it translates may be; `maxLength` is that of a comment, which has no title. */
export function limitsOfTranslation(
  kind: Translatable['kind'],
  maxLength: number,
): { readonly title: TextLimits | null; readonly body: TextLimits } {
  const { title, postBody, comment } = TEXT_LIMITS;
  if (kind === 'post') return { title, body: postBody };
  return { title: null, body: { ...comment, max: Math.min(comment.max, maxLength) } };
}
