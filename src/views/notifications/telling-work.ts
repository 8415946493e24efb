import { reading, statement } from '../../../libs/projections/index.ts';
import { MAIL_WAYS, TELLING } from '../../../libs/words/index.ts';
import { idText } from '../ids.ts';
import { type AttentionParts, attentionOf } from './attention.ts';
import { dueAt } from './mail-times.ts';
import type { DueTelling, TellingWork } from './notifications.query-types.ts';

interface PendingRow {
  readonly member: Buffer;
  readonly way: string;
  readonly since: string;
  readonly newest: string;
  readonly at: number;
}

/** The members who are looked at for one turn: those who wait longest come first. */
const MOST_LOOKED_AT = 10_000;

const pending = statement<PendingRow>(`
  SELECT member, way, CAST(since AS TEXT) AS since, CAST(newest AS TEXT) AS newest, at FROM pending
  ORDER BY pending.since LIMIT ${MOST_LOOKED_AT}`);
const lease = statement<{ readonly holder: string; readonly until: number }>(
  'SELECT holder, until FROM lease WHERE reactor = ?',
);

/** The mails that are due, with the zone and the quiet hours of each member opened. */
export async function tellingWork(
  { now, limit, zone }: { readonly now: number; readonly limit: number; readonly zone: string },
  parts: AttentionParts,
): Promise<TellingWork> {
  const seen = reading(parts.views.db('notifications'), (db) => ({
    rows: pending(db).all(),
    lease: lease(db).get(TELLING) ?? null,
  }));
  const due: DueTelling[] = [];
  let nextAt: number | null = null;
  for (const { member, way: word, since, newest, at } of seen.rows) {
    const way = MAIL_WAYS.find((one) => one === word);
    if (way === undefined) continue;
    const memberId = idText(member);
    const { quietHours, timeZone } = await attentionOf(memberId, parts);
    // A mail at once that waited for the end of the quiet hours, or for a server, is due now.
    const time = dueAt(way, way === 'mail' ? now : at, { zone: timeZone ?? zone, quietHours });
    if (time <= now) due.push({ memberId, way, after: BigInt(since) - 1n, upTo: BigInt(newest) });
    else if (nextAt === null || time < nextAt) nextAt = time;
    if (due.length === limit) break;
  }
  return { due, nextAt, lease: seen.lease };
}
