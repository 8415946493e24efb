import { type BulkDecision, type NewDecision } from '../../../../libs/client/index.ts';
import { isUuid } from '../../../../libs/kernel/index.ts';
import {
  APPEAL_OUTCOMES,
  APPEAL_STATES,
  type AppealOutcome,
  type AppealState,
  COMMENT_REMOVALS,
  type CommentRemoval,
  DECISION_ACTIONS,
  type DecisionAction,
  KEPT_STATUSES,
  type KeptStatus,
  KNOWN_PASSWORD_LIMITS,
  MOST_DECIDED_AT_ONCE,
  MOST_POLICY_RULES,
  POLICY_VERSION_PATTERN,
  QUEUE_LISTS,
  type QueueListName,
  REPORT_REASONS,
  type ReportReason,
  SANCTION_KINDS,
  type SanctionKind,
  TEXT_LIMITS,
} from '../../../../libs/words/index.ts';
import {
  IsChoice,
  IsForm,
  IsId,
  IsListOf,
  IsMoment,
  IsObject,
  IsObjectList,
  IsPassword,
  IsText,
  IsWholeNumber,
  Nullable,
  Optional,
} from '../../input/rules.ts';
import { ListQuery, SiteListQuery } from './lists.ts';

export class ReportBody {
  @IsChoice(REPORT_REASONS)
  declare readonly reason: ReportReason;

  @Nullable()
  @IsText(TEXT_LIMITS.reportNote)
  declare readonly note?: string | null;
}

export class DecisionBody implements NewDecision {
  @IsChoice(DECISION_ACTIONS)
  declare readonly action: DecisionAction;

  @Optional()
  @IsText(TEXT_LIMITS.ownReason)
  declare readonly reason?: string;

  @Optional()
  @IsText(TEXT_LIMITS.decisionNote)
  declare readonly note?: string;

  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly revision: number;
}

export class BulkDecisionBody implements BulkDecision {
  @IsListOf({ commentId: isUuid, revision: isRevision }, MOST_DECIDED_AT_ONCE)
  declare readonly items: readonly { readonly commentId: string; readonly revision: number }[];

  @IsChoice(DECISION_ACTIONS)
  declare readonly action: DecisionAction;

  @Optional()
  @IsText(TEXT_LIMITS.ownReason)
  declare readonly reason?: string;

  @Optional()
  @IsText(TEXT_LIMITS.decisionNote)
  declare readonly note?: string;
}

export class UndoBody {
  @Optional()
  @IsText(TEXT_LIMITS.decisionNote)
  declare readonly note?: string;
}

export class QueueQuery extends SiteListQuery {
  @Optional()
  @IsChoice(QUEUE_LISTS)
  declare readonly list?: QueueListName;
}

export class WrittenQuery extends ListQuery {
  @Optional()
  @IsChoice(KEPT_STATUSES)
  declare readonly status?: KeptStatus;
}

export class SanctionBody {
  @IsChoice(SANCTION_KINDS)
  declare readonly kind: SanctionKind;

  @Nullable()
  @IsMoment()
  declare readonly until?: string | null;

  @IsText(TEXT_LIMITS.ownReason)
  declare readonly reason: string;

  @Optional()
  @IsText(TEXT_LIMITS.statement)
  declare readonly statement?: string;

  @Nullable()
  @IsId()
  declare readonly commentId?: string | null;

  @Optional()
  @IsChoice(COMMENT_REMOVALS)
  declare readonly removeComments?: CommentRemoval;
}

export class NoteBody {
  @IsText(TEXT_LIMITS.memberNote)
  declare readonly text: string;
}

export class AppealBody {
  @IsText(TEXT_LIMITS.appeal)
  declare readonly text: string;
}

/** For those who are banned, and therefore cannot sign in. */
export class BannedAppealBody {
  @IsText(TEXT_LIMITS.login)
  declare readonly login: string;

  @IsPassword(KNOWN_PASSWORD_LIMITS)
  declare readonly password: string;

  @IsText(TEXT_LIMITS.appeal)
  declare readonly text: string;
}

export class AppealDecisionBody {
  @IsChoice(APPEAL_OUTCOMES)
  declare readonly outcome: AppealOutcome;

  @IsText(TEXT_LIMITS.statement)
  declare readonly answer: string;
}

export class AppealsQuery {
  @Optional()
  @IsChoice(APPEAL_STATES)
  declare readonly state?: AppealState;
}

/** `cursor` is a version; the list continues with those before it. */
export class PolicyVersionsQuery extends ListQuery {
  @Optional()
  @IsForm(POLICY_VERSION_PATTERN, 'a version, such as 3')
  declare readonly cursor?: string;
}

export class PolicyBody {
  /** The version that was seen; the new one is the next number. */
  @IsWholeNumber(0, 1_000_000)
  declare readonly version: number;

  @IsObjectList(MOST_POLICY_RULES)
  declare readonly rules: readonly object[];

  @Optional()
  @IsText(TEXT_LIMITS.policyNote)
  declare readonly note?: string;

  @Nullable()
  @IsWholeNumber(0, 1_000_000)
  declare readonly restores?: number | null;
}

export class SimulationBody {
  @IsObject()
  declare readonly policy: object;

  @Nullable()
  @IsMoment()
  declare readonly from?: string | null;

  @Nullable()
  @IsMoment()
  declare readonly to?: string | null;
}

const MOMENT =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d))?$/;

export class LogQuery extends SiteListQuery {
  /** `csv` and `json` ask for all matching entries as a file, oldest first; without it the answer is a page. */
  @Optional()
  @IsChoice(['csv', 'json'])
  declare readonly format?: 'csv' | 'json';

  /** A correlation id: everything that one command caused. */
  @Optional()
  @IsId()
  declare readonly cause?: string;

  /** All entries about one comment, or in one discussion. */
  @Optional()
  @IsId()
  declare readonly commentId?: string;

  @Optional()
  @IsId()
  declare readonly postId?: string;

  @Optional()
  @IsText({ min: 1, max: 60, lines: 'one' })
  declare readonly actor?: string;

  @Optional()
  @IsText({ min: 1, max: 60, lines: 'one' })
  declare readonly member?: string;

  @Optional()
  @IsForm(/^[a-z-]{1,40}$/, 'a kind of entry')
  declare readonly kind?: string;

  @Optional()
  @IsForm(MOMENT, 'a day or a moment such as 2015-10-05T08:00:00Z')
  declare readonly from?: string;

  @Optional()
  @IsForm(MOMENT, 'a day or a moment such as 2015-10-05T08:00:00Z')
  declare readonly to?: string;
}

export class PeriodQuery {
  @Optional()
  @IsForm(MOMENT, 'a day or a moment such as 2015-10-05T08:00:00Z')
  declare readonly from?: string;

  @Optional()
  @IsForm(MOMENT, 'a day or a moment such as 2015-10-05T08:00:00Z')
  declare readonly to?: string;
}

function isRevision(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
