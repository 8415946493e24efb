import { type Decider, DomainError, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { requireRepeat } from '../report/report.decider.ts';
import { requireMayTakePart, type StandingFacts } from '../sanction/standing.facts.ts';
import { textOf } from '../text.ts';
import { requireShownSource, type TranslatedSource } from '../translation/translating.rules.ts';
import { type TranslationFacts, translationNotFound } from '../translation/translation.facts.ts';
import type { ReportTranslation, TranslationReportCommand } from './translation-report.commands.ts';
import type { TranslationReportEvent, TranslationReported } from './translation-report.events.ts';

export interface TranslationReportNeeds extends TranslatedSource {
  readonly translation: TranslationFacts | null;
  readonly standing: StandingFacts;
}

/** The newest report of this member about the translation; null before the first. */
export interface TranslationReportState {
  newest: Remembered<TranslationReported> | null;
}

export const translationReportDecider: Decider<
  TranslationReportState,
  TranslationReportCommand,
  TranslationReportEvent,
  TranslationReportNeeds
> = {
  initial: () => ({ newest: null }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'ReportTranslation':
        return report(command, state, needed);
      default:
        return unreachable(command.type);
    }
  },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'TranslationReported.v1':
        state.newest = fact;
        return state;
      default:
        return unreachable(fact.type);
    }
  },
};

/** As a report of a comment; but the author of what is translated, whom its words concern most, may report too. */
function report(
  { data, meta }: ReportTranslation,
  { newest }: TranslationReportState,
  { translation, standing, ...source }: TranslationReportNeeds,
): readonly TranslationReportEvent[] {
  const { by, reason } = data;
  requireMayTakePart(standing, meta.now);
  if (translation === null || !translation.standing) throw translationNotFound();
  requireShownSource(translation, source, { by, now: meta.now });
  const { memberId: translatorId, textRevision: revision, translationId, postId, commentId, language } = translation;
  if (translatorId === by.memberId) {
    throw new DomainError('forbidden', 'Nobody can report a translation of their own.');
  }
  const note = data.note === null ? '' : textOf(data.note, 'note', TEXT_LIMITS.reportNote);
  if (newest !== null && newest.data.revision >= revision) {
    return requireRepeat({ reason, note }, newest, 'translation');
  }
  const about = { translationId, postId, commentId, language, translatorId };
  return [
    { type: 'TranslationReported.v1', data: { ...about, memberId: by.memberId, reason, revision }, personal: { note } },
  ];
}
