import { isErased } from '../../../libs/kernel/index.ts';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { answering } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { openedTextIn } from '../rows.ts';
import {
  type DuePush,
  GetEndedSubscriptions,
  GetPushWork,
  GetShownPushes,
  GetSubscription,
  GetSubscriptions,
  GetSubscriptionsToEnd,
  type Subscription,
} from './push.query-types.ts';

interface SubscriptionRow {
  readonly id: Buffer;
  readonly member: Buffer;
  readonly session: string;
  readonly at: number;
  readonly sealed: Buffer | null;
}

interface DueRow {
  readonly id: Buffer;
  readonly subscription: Buffer;
  readonly member: Buffer;
  readonly after: string;
  readonly up_to: string;
  readonly round: number;
  readonly reading: string | null;
}

const COLUMNS = 'id, member, session, at, sealed';
const ofMember = statement<SubscriptionRow>(
  `SELECT ${COLUMNS} FROM subscription WHERE member = ? AND ended = 0 ORDER BY subscription.n DESC`,
);
const byId = statement<SubscriptionRow>(`SELECT ${COLUMNS} FROM subscription WHERE id = ? AND ended = 0`);
const endedOf = statement<Pick<SubscriptionRow, 'id' | 'session'>>(
  'SELECT id, session FROM subscription WHERE member = ? AND ended = 1',
);
const toEnd = statement<Pick<SubscriptionRow, 'id' | 'session' | 'member'>>(
  'SELECT id, session, member FROM subscription WHERE ended = 1 ORDER BY subscription.n LIMIT ?',
);
const PUSH = `id, subscription, member, CAST(after AS TEXT) AS after, CAST(up_to AS TEXT) AS up_to, round,
  CAST(reading AS TEXT) AS reading`;
const due = statement<DueRow>(`
  SELECT ${PUSH} FROM push
  WHERE next_at <= ? ORDER BY attempts, next_at, push.up_to, id LIMIT ?`);
const shown = statement<DueRow>(`
  SELECT ${PUSH} FROM push INDEXED BY push_reading
  WHERE state = 'sent' AND push.reading >= @reading AND (push.reading, id) > (@reading, @id) AND push.reading <= @upTo
  ORDER BY push.reading, id LIMIT @limit`);
const next = statement<{ readonly at: number | null }>('SELECT min(next_at) AS at FROM push WHERE next_at > ?');
const lease = statement<{ readonly holder: string; readonly until: number }>('SELECT holder, until FROM lease');

const NEEDS = { views: VIEWS, vault: VAULT } as const;

export const pushQueries = [
  answering(GetSubscriptions, NEEDS, async ({ memberId }, { views, vault }) => {
    const rows = ofMember(views.db('push')).all(idBytes(memberId));
    return (await Promise.all(rows.map((row) => opened(row, vault)))).filter((one) => one !== null);
  }),
  answering(GetSubscription, NEEDS, async ({ subscriptionId }, { views, vault }) => {
    const row = byId(views.db('push')).get(idBytes(subscriptionId));
    return row === undefined ? null : opened(row, vault);
  }),
  answering(GetEndedSubscriptions, { views: VIEWS }, ({ memberId }, { views }) =>
    endedOf(views.db('push'))
      .all(idBytes(memberId))
      .map(({ id, session }) => ({ subscriptionId: idText(id), sessionId: session })),
  ),
  answering(GetSubscriptionsToEnd, { views: VIEWS }, ({ limit }, { views }) =>
    toEnd(views.db('push'))
      .all(limit)
      .map(({ id, session, member }) => ({
        subscriptionId: idText(id),
        sessionId: session,
        memberId: idText(member),
      })),
  ),
  answering(GetPushWork, { views: VIEWS }, ({ now, limit }, { views }) =>
    reading(views.db('push'), (db) => ({
      due: due(db).all(now, limit).map(pushOf),
      nextAt: next(db).get(now)?.at ?? null,
      lease: lease(db).get() ?? null,
    })),
  ),
  answering(GetShownPushes, { views: VIEWS }, ({ after, upTo, limit }, { views }) => {
    const from = { reading: after?.reading ?? 0n, id: after === null ? Buffer.alloc(0) : idBytes(after.pushId) };
    return shown(views.db('push'))
      .all({ ...from, upTo, limit })
      .map((row) => {
        const push = pushOf(row);
        return { ...push, place: { reading: BigInt(row.reading ?? 0), pushId: push.pushId } };
      });
  }),
];

function pushOf({ id, subscription, member, after, up_to, round, reading }: DueRow): DuePush {
  return {
    pushId: idText(id),
    subscriptionId: idText(subscription),
    memberId: idText(member),
    after: BigInt(after),
    upTo: BigInt(up_to),
    round,
    isRead: reading !== null,
  };
}

async function opened(row: SubscriptionRow, vault: Pick<Vault, 'open'>): Promise<Subscription | null> {
  const memberId = idText(row.member);
  const place = { stream: `subscriptions-${memberId}`, type: 'PushSubscribed.v1' };
  const words = row.sealed && (await vault.open(row.sealed, place));
  if (words === null || isErased(words)) return null;
  const text = (field: string): string => openedTextIn(words, field) ?? '';
  return {
    subscriptionId: idText(row.id),
    memberId,
    sessionId: row.session,
    addedAt: moment(row.at),
    device: text('device'),
    endpoint: text('endpoint'),
    p256dh: text('p256dh'),
    auth: text('auth'),
  };
}
