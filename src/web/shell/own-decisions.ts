import type { LogEntry } from '../../../libs/client/index.ts';
import { REPORT_REASONS, type ReportReason } from '../../../libs/words/index.ts';
import { oneOf } from './one-of.ts';

const TOLD = ['hold', 'reject', 'remove'] as const;
type Told = (typeof TOLD)[number];

export interface OwnDecision {
  readonly action: Told;
  readonly commentId: string;
  readonly entry: LogEntry;
}

/** The decisions in force by which something of the member's is not shown to readers; entries come newest first. */
export function decisionsInForce(entries: readonly LogEntry[]): readonly OwnDecision[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const { commentId, undone } = entry;
    if (commentId === null || undone || entry.action === 'undo' || seen.has(commentId)) return [];
    seen.add(commentId);
    const action = TOLD.find((told) => told === entry.action);
    return action === undefined ? [] : [{ action, commentId, entry }];
  });
}

/** Null where none was given. */
export function reasonGiven({ reason }: Pick<LogEntry, 'reason'>): ReportReason | null {
  return oneOf(REPORT_REASONS, reason ?? '') ?? null;
}
