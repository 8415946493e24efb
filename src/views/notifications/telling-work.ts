import { Slices } from '../../../libs/kernel/index.ts';
import { reading, statement } from '../../../libs/projections/index.ts';
import { MAIL_WAYS, TELLING, type ToldWay } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import { type AttentionParts, ownTimesOf } from './attention.ts';
import { dueAt } from './mail-times.ts';
import type { DueTelling, GetTellingWork, PendingPlace, TellingWork } from './notifications.query-types.ts';

interface PendingRow {
  readonly member: Buffer;
  readonly way: string;
  readonly since: string;
  readonly newest: string;
  readonly at: number;
  readonly quiet: Buffer | null;
}

const WAYS: readonly ToldWay[] = [...MAIL_WAYS, 'push'];

const pending = statement<PendingRow>(`
  SELECT p.member, p.way, CAST(p.since AS TEXT) AS since, CAST(p.newest AS TEXT) AS newest, p.at, c.quiet
  FROM pending p INDEXED BY pending_since LEFT JOIN choice c ON c.member = p.member
  WHERE (p.since, p.member, p.way) > (@since, @member, @way) ORDER BY p.since, p.member, p.way LIMIT @most`);
const lease = statement<{ readonly holder: string; readonly until: number }>(
  'SELECT holder, until FROM lease WHERE reactor = ?',
);

const FIRST = { since: -1n, member: Buffer.alloc(0), way: '' };

/** A part of those who wait, with the zone and the quiet hours of each member opened. */
export async function tellingWork(
  { now, most, after }: Pick<GetTellingWork, 'now' | 'most' | 'after'>,
  { zone, ...parts }: AttentionParts & { readonly zone: string },
): Promise<TellingWork> {
  const from = after === null ? FIRST : { since: after.since, member: idBytes(after.memberId), way: after.way };
  const seen = reading(parts.views.db('notifications'), (db) => ({
    rows: pending(db).all({ ...from, most }),
    lease: lease(db).get(TELLING) ?? null,
  }));
  const due: DueTelling[] = [];
  let nextAt: number | null = null;
  const slices = new Slices();
  for (const row of seen.rows) {
    await slices.pause();
    const way = WAYS.find((one) => one === row.way);
    if (way === undefined) continue;
    const memberId = idText(row.member);
    const { quietHours, timeZone } = await ownTimesOf({ memberId, quiet: row.quiet }, parts.vault);
    // What is told at once and waited for the end of the quiet hours, or for a server, is due now.
    const time = dueAt(way, way === 'mail' || way === 'push' ? now : row.at, { zone: timeZone ?? zone, quietHours });
    if (time <= now) due.push({ memberId, way, after: BigInt(row.since) - 1n, upTo: BigInt(row.newest) });
    else if (nextAt === null || time < nextAt) nextAt = time;
  }
  const last = seen.rows.at(-1);
  const more = seen.rows.length === most;
  return { due, nextAt, lease: seen.lease, last: last === undefined ? after : placeOf(last), more };
}

function placeOf({ since, member, way }: PendingRow): PendingPlace {
  return { since: BigInt(since), memberId: idText(member), way };
}
