import { isErased, isRecord, trusted } from '../../../libs/kernel/index.ts';
import { statement, type Views } from '../../../libs/projections/index.ts';
import type { Vault } from '../../../libs/vault/index.ts';
import { type NotificationWays, USUAL_WAYS, wholeWays } from '../../../libs/words/index.ts';
import type { QuietHours } from '../../domain/inbox/inbox.events.ts';
import { idBytes } from '../ids.ts';
import { openedTextIn } from '../rows.ts';

/** What a member chose, as its row has it. */
export interface ChoiceRow {
  readonly ways: string | null;
  readonly follow_own: number;
  readonly quiet: Buffer | null;
  readonly muted: Buffer | null;
  readonly ignored: Buffer | null;
  readonly read_up_to: string;
}

/** When a member wants mails and pushes. */
export interface OwnTimes {
  readonly quietHours: QuietHours | null;
  readonly timeZone: string | null;
}

/** What a member wants to be told of, with the sealed parts opened. */
export interface Attention {
  readonly ways: NotificationWays;
  readonly followOwn: boolean;
  /** Ids of posts. */
  readonly muted: ReadonlySet<string>;
  /** Ids of members. */
  readonly ignored: ReadonlySet<string>;
  readonly readUpTo: bigint;
}

export interface AttentionParts {
  readonly views: Pick<Views, 'db'>;
  readonly vault: Pick<Vault, 'open'>;
}

const UNCHOSEN: Attention = {
  ways: USUAL_WAYS,
  followOwn: true,
  muted: new Set(),
  ignored: new Set(),
  readUpTo: 0n,
};

const choiceOf = statement<ChoiceRow>(`
  SELECT ways, follow_own, quiet, muted, ignored, CAST(read_up_to AS TEXT) AS read_up_to FROM choice WHERE member = ?`);

/** Undefined for a member who has chosen nothing. */
export function choiceRowOf(memberId: string, views: AttentionParts['views']): ChoiceRow | undefined {
  return choiceOf(views.db('notifications')).get(idBytes(memberId));
}

/** Of a member who has chosen nothing: the usual. */
export function attentionOf(memberId: string, { views, vault }: AttentionParts): Promise<Attention> {
  return attentionIn(choiceRowOf(memberId, views), memberId, vault);
}

/** The same from the row of the member's choice. */
export async function attentionIn(
  row: ChoiceRow | undefined,
  memberId: string,
  vault: AttentionParts['vault'],
): Promise<Attention> {
  if (row === undefined) return UNCHOSEN;
  const [muted, ignored] = await Promise.all([
    opened({ memberId, sealed: row.muted, type: 'MutesChanged.v1' }, vault),
    opened({ memberId, sealed: row.ignored, type: 'IgnoresChanged.v1' }, vault),
  ]);
  return {
    ways: row.ways ? wholeWays(trusted<Partial<NotificationWays>>(JSON.parse(row.ways))) : USUAL_WAYS,
    followOwn: row.follow_own !== 0,
    muted: new Set(idsIn(muted, 'muted')),
    ignored: new Set(idsIn(ignored, 'ignored')),
    readUpTo: BigInt(row.read_up_to),
  };
}

export function timesOf(memberId: string, { views, vault }: AttentionParts): Promise<OwnTimes> {
  const row = choiceRowOf(memberId, views);
  return ownTimesOf({ memberId, quiet: row?.quiet ?? null }, vault);
}

/** The same from what stands sealed in `quiet` of the member's choice. */
export async function ownTimesOf(
  { memberId, quiet: sealed }: { readonly memberId: string; readonly quiet: Buffer | null },
  vault: AttentionParts['vault'],
): Promise<OwnTimes> {
  const quiet = await opened({ memberId, sealed, type: 'NotificationsChosen.v1' }, vault);
  return { quietHours: quietHoursIn(quiet), timeZone: openedTextIn(quiet, 'timeZone') };
}

interface SealedChoice {
  readonly memberId: string;
  readonly sealed: Buffer | null | undefined;
  readonly type: string;
}

/** Nothing is in what was never chosen, and in what was erased. */
async function opened({ memberId, sealed, type }: SealedChoice, vault: AttentionParts['vault']): Promise<object> {
  const personal = sealed ? await vault.open(sealed, { stream: `inbox-${memberId}`, type }) : null;
  return personal === null || isErased(personal) ? {} : personal;
}

function quietHoursIn(opened: object): QuietHours | null {
  const hours: unknown = Reflect.get(opened, 'quietHours');
  if (!isRecord(hours)) return null;
  const { from, to } = hours;
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
}

function idsIn(opened: object, field: string): readonly string[] {
  const list: unknown = Reflect.get(opened, field);
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
