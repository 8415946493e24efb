import {
  type BulkDecision,
  DECISION_ACTIONS,
  type DecisionAction,
  type NewDecision,
  QUEUE_LISTS,
  REPORT_REASONS,
  type ReportReason,
  SANCTION_KINDS,
  type SanctionKind,
} from '../../../../libs/client/index.ts';
import { isUuid } from '../../../../libs/kernel/index.ts';
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
import { ListQuery } from './lists.ts';

const NOTE = { min: 0, max: 2_000, lines: 'many' } as const;
const REASON = { min: 1, max: 500, lines: 'many' } as const;
const TEXT = { min: 1, max: 5_000, lines: 'many' } as const;
/** Comments that one stroke rules on. */
const MOST_AT_ONCE = 200;

export class ReportBody {
  @IsChoice(REPORT_REASONS)
  declare readonly reason: ReportReason;

  @Nullable()
  @IsText({ min: 0, max: 1_000, lines: 'many' })
  declare readonly note?: string | null;
}

export class DecisionBody implements NewDecision {
  @IsChoice(DECISION_ACTIONS)
  declare readonly action: DecisionAction;

  @Optional()
  @IsText(REASON)
  declare readonly reason?: string;

  @Optional()
  @IsText(NOTE)
  declare readonly note?: string;

  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  declare readonly revision: number;
}

export class BulkDecisionBody implements BulkDecision {
  @IsListOf({ commentId: isUuid, revision: isRevision }, MOST_AT_ONCE)
  declare readonly items: readonly { readonly commentId: string; readonly revision: number }[];

  @IsChoice(DECISION_ACTIONS)
  declare readonly action: DecisionAction;

  @Optional()
  @IsText(REASON)
  declare readonly reason?: string;

  @Optional()
  @IsText(NOTE)
  declare readonly note?: string;
}

export class UndoBody {
  @Optional()
  @IsText(NOTE)
  declare readonly note?: string;
}

export class QueueQuery extends ListQuery {
  @Optional()
  @IsChoice(QUEUE_LISTS)
  declare readonly list?: (typeof QUEUE_LISTS)[number];
}

export class WrittenQuery extends ListQuery {
  @Optional()
  @IsChoice(['visible', 'held', 'rejected', 'removed'])
  declare readonly status?: 'visible' | 'held' | 'rejected' | 'removed';
}

export class SanctionBody {
  @IsChoice(SANCTION_KINDS)
  declare readonly kind: SanctionKind;

  @Nullable()
  @IsMoment()
  declare readonly until?: string | null;

  @IsText(REASON)
  declare readonly reason: string;

  @Optional()
  @IsText({ min: 1, max: 2_000, lines: 'many' })
  declare readonly statement?: string;

  @Nullable()
  @IsId()
  declare readonly commentId?: string | null;

  @Optional()
  @IsChoice(['none', 'last-week', 'all'])
  declare readonly removeComments?: 'none' | 'last-week' | 'all';
}

export class NoteBody {
  @IsText(TEXT)
  declare readonly text: string;
}

export class AppealBody {
  @IsText(TEXT)
  declare readonly text: string;
}

/** For those who are banned, and therefore cannot sign in. */
export class BannedAppealBody {
  @IsText({ min: 1, max: 254, lines: 'one' })
  declare readonly login: string;

  @IsPassword(1, 200)
  declare readonly password: string;

  @IsText(TEXT)
  declare readonly text: string;
}

export class AppealDecisionBody {
  @IsChoice(['granted', 'refused'])
  declare readonly outcome: 'granted' | 'refused';

  @IsText({ min: 1, max: 2_000, lines: 'many' })
  declare readonly answer: string;
}

export class AppealsQuery {
  @Optional()
  @IsChoice(['open', 'decided'])
  declare readonly state?: 'open' | 'decided';
}

/** `cursor`: a version; the list goes on with those before it. */
export class PolicyVersionsQuery extends ListQuery {
  @Optional()
  @IsForm(/^\d{1,7}$/, 'a version, such as 3')
  declare readonly cursor?: string;
}

export class PolicyBody {
  /** The version that was seen; the new one is the next. */
  @IsWholeNumber(0, 1_000_000)
  declare readonly version: number;

  @IsObjectList(50)
  declare readonly rules: readonly object[];

  @Optional()
  @IsText({ min: 0, max: 500, lines: 'many' })
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

export class LogQuery extends ListQuery {
  /** `csv`, `json`: all that matches as a file, oldest first; unless given a page. */
  @Optional()
  @IsChoice(['csv', 'json'])
  declare readonly format?: 'csv' | 'json';

  /** A correlation id: all that came of one command. */
  @Optional()
  @IsId()
  declare readonly cause?: string;

  /** All that was done about one comment, or in one discussion. */
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
