import type { Database } from 'better-sqlite3';
import type { ModerationReport } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { moment } from '../moment.ts';
import { timeOf } from './log.reads.ts';

const DAY = 86_400_000;
const MOST_DAYS = 366;
/** Leaves out decisions that took others back. */
const NO_UNDO = "(kind <> 'decision' OR action <> 'undo') AND at >= @from AND at < @to";
const DECISIONS = `kind = 'decision' AND ${NO_UNDO}`;

const byKind = statement<{ kind: string; count: number }>(`
  SELECT kind, count(*) AS count FROM entry WHERE at >= @from AND at < @to GROUP BY kind`);
const byReason = statement<{ name: string; count: number }>(`
  SELECT coalesce(reason, 'none') AS name, count(*) AS count FROM entry WHERE ${DECISIONS} GROUP BY name ORDER BY name`);
const byAction = statement<{ name: string; count: number }>(`
  SELECT action AS name, count(*) AS count FROM entry WHERE ${DECISIONS} GROUP BY name ORDER BY name`);
const bySanction = statement<{ name: string; count: number }>(`
  SELECT action AS name, count(*) AS count FROM entry
  WHERE kind = 'sanction' AND at >= @from AND at < @to GROUP BY name ORDER BY name`);
const waits = statement<{ waited: number }>(`
  SELECT waited FROM entry WHERE ${DECISIONS} AND waited IS NOT NULL ORDER BY waited`);
const reversed = statement<{ total: number; reversed: number }>(`
  SELECT count(*) AS total, coalesce(sum(undone OR EXISTS (
    SELECT 1 FROM entry later WHERE later.comment = entry.comment AND later.n > entry.n
      AND later.kind = 'decision' AND later.action IN ('restore', 'approve') AND entry.action IN ('reject', 'remove')
  )), 0) AS reversed FROM entry WHERE ${DECISIONS}`);
const perDay = statement<{ day: number; kind: string; count: number }>(`
  SELECT at / ${DAY} AS day, kind, count(*) AS count FROM entry
  WHERE ${NO_UNDO} AND kind IN ('report', 'decision', 'policy-verdict') GROUP BY day, kind`);

/**
 * The figures of a period. Throws DomainError `invalid` for a period that ends before it begins, or is longer than a
 * year.
 */
export function reportOf(db: Database, fromText: string, toText: string): ModerationReport {
  const [from, to] = [timeOf(fromText, 'from'), timeOf(toText, 'to')];
  if (to <= from) throw invalid('to', 'must be later than from');
  if (to - from > MOST_DAYS * DAY) throw invalid('to', `must be ${MOST_DAYS} days after from at most`);
  const span = { from, to };
  const kinds = counts(
    byKind(db)
      .all(span)
      .map(({ kind, count }) => ({ name: kind, count })),
  );
  const times = waits(db)
    .all(span)
    .map(({ waited }) => waited / 1_000);
  const back = reversed(db).get(span) ?? { total: 0, reversed: 0 };
  return {
    from: moment(from),
    to: moment(to),
    reports: kinds.report ?? 0,
    decisions: back.total,
    byReason: counts(byReason(db).all(span)),
    byAction: counts(byAction(db).all(span)),
    sanctions: counts(bySanction(db).all(span)),
    timeToDecision: { median: at(times, 0.5), ninetieth: at(times, 0.9) },
    reversed: { count: back.reversed, share: back.total === 0 ? null : back.reversed / back.total },
    days: days(db, span),
  };
}

function counts(rows: readonly { readonly name: string; readonly count: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** The sorted number below which this share of the numbers lies. */
function at(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

function days(db: Database, { from, to }: { readonly from: number; readonly to: number }): ModerationReport['days'] {
  const found = new Map(
    perDay(db)
      .all({ from, to })
      .map(({ day, kind, count }) => [`${day} ${kind}`, count]),
  );
  const first = Math.floor(from / DAY);
  const length = Math.ceil(to / DAY) - first;
  return Array.from({ length }, (_, index) => {
    const day = first + index;
    const count = (kind: string): number => found.get(`${day} ${kind}`) ?? 0;
    return {
      day: moment(day * DAY).slice(0, 10),
      reports: count('report'),
      decisions: count('decision'),
      policyVerdicts: count('policy-verdict'),
    };
  });
}

function invalid(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}
