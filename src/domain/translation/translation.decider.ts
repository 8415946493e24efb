import {
  type Decider,
  DomainError,
  type Erased,
  isErased,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { composed, isModerator, isTranslationLanguage, MOST_EDITS, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { foldText } from '../policy/folded-text.ts';
import type { SeenIn } from '../policy/subject.ts';
import { requireMayTakePart } from '../sanction/standing.facts.ts';
import { invalid, normalized, textOf } from '../text.ts';
import {
  type RemovalNeeds,
  RULES_OF_TRANSLATING,
  requireSeenSource,
  type TranslationNeeds,
  type TranslationTexts,
} from './translating.rules.ts';
import {
  type DismissTranslationReports,
  limitsOfTranslation,
  type RemoveTranslation,
  type TranslationCommand,
  type WriteTranslation,
} from './translation.commands.ts';
import type { TranslationEvent, TranslationRemoved, TranslationWritten } from './translation.events.ts';
import { translationNotFound } from './translation.facts.ts';

export interface TranslationState {
  /** What every event of the stream names; null before the first. */
  about: Omit<TranslationWritten['data'], 'sourceRevision' | 'sourceHash'> | null;
  /** The newest text, with the revision that it was made from. */
  newest: { readonly text: TranslationTexts | Erased; readonly sourceRevision: number } | null;
  texts: number;
  /** The revision of the newest text. */
  textRevision: number;
  /** The reports that moderators dismissed. */
  dismissed: readonly { readonly memberId: string; readonly revision: number }[];
  /** How it was taken away; null while it stands. */
  removed: TranslationRemoved['data']['by'] | null;
  /** The texts that moderators removed. */
  refused: readonly TranslationTexts[];
}

type Needs = TranslationNeeds | RemovalNeeds | null;

/** Erasing asks for no facts. */
export const translationDecider: Decider<TranslationState, TranslationCommand, TranslationEvent, Needs> = {
  initial: () => ({
    about: null,
    newest: null,
    texts: 0,
    textRevision: 0,
    dismissed: [],
    removed: null,
    refused: [],
  }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'WriteTranslation':
        return write(command, state, needed);
      case 'RemoveTranslation':
        return remove(command, state, needed);
      case 'EraseTranslation':
        return taken(state, { by: 'erasure', reason: null });
      case 'DismissTranslationReports':
        return dismiss(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: TranslationState, fact: Remembered<TranslationEvent>): TranslationState {
  const { translationId, postId, commentId, language, memberId } = fact.data;
  state.about = { translationId, postId, commentId, language, memberId };
  switch (fact.type) {
    case 'TranslationWritten.v1':
      state.newest = { text: fact.personal, sourceRevision: fact.data.sourceRevision };
      state.texts += 1;
      state.textRevision = Number(fact.envelope.revision);
      state.removed = null;
      return state;
    case 'TranslationRemoved.v2':
      state.removed = fact.data.by;
      if (fact.data.by === 'moderator' && state.newest !== null && !isErased(state.newest.text)) {
        state.refused = [...state.refused, state.newest.text];
      }
      return state;
    case 'TranslationReportsDismissed.v1':
      state.dismissed = [...state.dismissed, ...fact.data.reports];
      return state;
    default:
      return unreachable(fact);
  }
}

/** The same text of the same source again changes nothing. */
function write(command: WriteTranslation, state: TranslationState, needed: Needs): readonly TranslationEvent[] {
  const { data } = command;
  const { translationId, language, by, sourceRevision } = data;
  if (!isTranslationLanguage(language)) throw invalid('language', 'must be one that texts are translated into');
  const text = textIn(data);
  if (needed === null || !('policy' in needed)) throw new TypeError('a translation needs facts');
  if (isStanding(state) && isSame(state, text, sourceRevision)) return [];
  for (const rule of RULES_OF_TRANSLATING) rule(command, needed);
  requireOtherWords(text, [...state.refused, ...needed.refusedElsewhere], needed.seenIn);
  requireSeenSource(command, needed);
  requireNotRemoved(state, sourceRevision);
  if (state.texts >= MOST_EDITS) {
    throw new DomainError('too_many_edits', `A translation can be changed ${MOST_EDITS} times.`);
  }
  const { comment, source } = needed;
  const postId = data.of.kind === 'post' ? data.of.postId : (comment?.postId ?? '');
  const commentId = data.of.kind === 'post' ? null : data.of.commentId;
  const about = { translationId, postId, commentId, language, memberId: by.memberId };
  const bound = { sourceRevision, sourceHash: source?.hash ?? '' };
  return [{ type: 'TranslationWritten.v1', data: { ...about, ...bound }, personal: text }];
}

/** What a moderator removed comes back only once its source is another. */
function requireNotRemoved(state: TranslationState, sourceRevision: number): void {
  if (state.removed !== 'moderator' || state.newest?.sourceRevision !== sourceRevision) return;
  throw new DomainError(
    'forbidden',
    'A moderator removed your translation of this text; it can be written again, in other words, once the original has changed.',
  );
}

/** Nor does it come back in the same words, under whichever language. */
function requireOtherWords(text: TranslationTexts, refused: readonly TranslationTexts[], seenIn: SeenIn): void {
  if (refused.length === 0) return;
  const words = new Set(wordsSeen(text, seenIn));
  if (!refused.some((other) => wordsSeen(other, seenIn).some((each) => words.has(each)))) return;
  const message = 'has the words of a translation of yours that a moderator removed; write it in other words';
  throw new DomainError('forbidden', `body ${message}`, [{ field: 'body', message }]);
}

/**
 * What readers see of it as rules judge it, letters and digits in any case, however it is marked, spaced or spelt; the words
 * also in the order of the screen, where signs of direction turn them.
 */
function wordsSeen({ title, body }: TranslationTexts, seenIn: SeenIn): readonly string[] {
  const { text, turned } = seenIn(body);
  const forms = turned === null ? [text] : [text, turned];
  return forms.map((form) => `${lettersOf(title)}\n${lettersOf(form)}`);
}

/** Of a text without letters its signs. */
function lettersOf(seen: string): string {
  const { folded } = foldText(composed(seen));
  return folded.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '') || folded.replaceAll(/\s+/gu, '');
}

function textIn({ of, title, body, maxLength }: WriteTranslation['data']): TranslationTexts {
  const limits = limitsOfTranslation(of.kind, maxLength);
  return {
    title: limits.title === null ? '' : textOf(title, 'title', limits.title),
    body: textOf(body, 'body', limits.body),
  };
}

function isStanding({ newest, removed }: TranslationState): boolean {
  return newest !== null && removed === null;
}

/** An erased text cannot be compared, and is no longer there to be the same. */
function isSame({ newest }: TranslationState, text: TranslationTexts, sourceRevision: number): boolean {
  if (newest === null || newest.sourceRevision !== sourceRevision || isErased(newest.text)) return false;
  return newest.text.title === text.title && newest.text.body === text.body;
}

/** Who is stopped takes the own words back, and nobody else's away. */
function remove(
  { data, meta }: RemoveTranslation,
  state: TranslationState,
  needed: Needs,
): readonly TranslationEvent[] {
  if (needed === null || !('translated' in needed)) throw new TypeError('a removal needs facts');
  const { about } = state;
  if (about === null) throw translationNotFound();
  const { by, reason, isOutdated, seen } = data;
  const isOwn = about.memberId === by.memberId;
  if (isOwn && reason === null) return taken(state, { by: 'translator', reason }, { seen });
  if (reason === null && isOutdated && isStaleFor(by.memberId, state, needed.translated)) {
    requireMayTakePart(needed.standing, meta.now);
    return taken(state, { by: 'author', reason }, { seen });
  }
  if (!isModerator(by.roles)) {
    throw new DomainError(
      'forbidden',
      'Only its translator, moderators, and the author of a text that was changed since may take a translation away.',
    );
  }
  if (reason === null) throw invalid('reason', 'is missing');
  return taken(state, { by: 'moderator', reason }, { seen, statement: statementIn(data) });
}

/** What the moderator has to say; null for nothing. */
function statementIn({ statement = '' }: RemoveTranslation['data']): string | null {
  return normalized(statement) === '' ? null : textOf(statement, 'statement', TEXT_LIMITS.statement);
}

/** Whether it says what the author of the text says no more. */
function isStaleFor(memberId: string, { newest }: TranslationState, translated: RemovalNeeds['translated']): boolean {
  if (translated === null || translated.authorId !== memberId) return false;
  return newest !== null && newest.sourceRevision !== translated.textRevision;
}

/** One that is gone already is gone whatever text was seen. */
function taken(
  state: TranslationState,
  how: Pick<TranslationRemoved['data'], 'by' | 'reason'>,
  { seen, statement = null }: { readonly seen?: number | undefined; readonly statement?: string | null } = {},
): readonly TranslationEvent[] {
  if (state.about === null) throw translationNotFound();
  if (!isStanding(state)) return [];
  if (seen !== undefined) requireSeen(seen, state);
  return [
    {
      type: 'TranslationRemoved.v2',
      data: { ...state.about, ...how },
      personal: statement === null ? null : { statement },
    },
  ];
}

function requireSeen(seen: number, { textRevision }: TranslationState): void {
  if (seen === textRevision) return;
  throw new DomainError('stale_revision', `The translation was changed meanwhile; it is at revision ${textRevision}.`);
}

/** What another moderator dismissed meanwhile is not dismissed again. */
function dismiss({ data }: DismissTranslationReports, state: TranslationState): readonly TranslationEvent[] {
  const { about, dismissed } = state;
  if (about === null || !isStanding(state)) throw translationNotFound();
  const { by, revision } = data;
  if (!isModerator(by.roles)) throw new DomainError('forbidden', 'Only moderators dismiss reports.');
  if (about.memberId === by.memberId) {
    throw new DomainError('forbidden', 'Another moderator decides on reports of your own translation.');
  }
  requireSeen(revision, state);
  const isDone = (report: (typeof data.reports)[number]): boolean =>
    dismissed.some((done) => done.memberId === report.memberId && done.revision === report.revision);
  const reports = data.reports.filter((report) => !isDone(report));
  if (reports.length === 0) throw new DomainError('not_found', 'No report of this translation is open.');
  return [{ type: 'TranslationReportsDismissed.v1', data: { ...about, revision, reports }, personal: null }];
}
