import { isErased, isRecord, trusted } from '../../../libs/kernel/index.ts';
import { statement, type Views } from '../../../libs/projections/index.ts';
import type { Vault } from '../../../libs/vault/index.ts';
import { type NotificationWays, USUAL_WAYS, wholeWays } from '../../../libs/words/index.ts';
import type { QuietHours } from '../../domain/inbox/inbox.events.ts';
import { idBytes } from '../ids.ts';
import { openedTextIn } from '../rows.ts';

interface ChoiceRow {
  readonly ways: string | null;
  readonly follow_own: number;
  readonly quiet: Buffer | null;
  readonly muted: Buffer | null;
  readonly ignored: Buffer | null;
  readonly read_up_to: string;
}

/** What a member wants to be told of, with the sealed parts opened. */
export interface Attention {
  readonly ways: NotificationWays;
  readonly followOwn: boolean;
  readonly quietHours: QuietHours | null;
  readonly timeZone: string | null;
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

const choiceOf = statement<ChoiceRow>(`
  SELECT ways, follow_own, quiet, muted, ignored, CAST(read_up_to AS TEXT) AS read_up_to FROM choice WHERE member = ?`);

/** Of a member who has chosen nothing: the usual. */
export async function attentionOf(memberId: string, { views, vault }: AttentionParts): Promise<Attention> {
  const row = choiceOf(views.db('notifications')).get(idBytes(memberId));
  const stream = `inbox-${memberId}`;
  const open = async (sealed: Buffer | null | undefined, type: string): Promise<object> => {
    const opened = sealed ? await vault.open(sealed, { stream, type }) : null;
    return opened === null || isErased(opened) ? {} : opened;
  };
  const [quiet, muted, ignored] = await Promise.all([
    open(row?.quiet, 'NotificationsChosen.v1'),
    open(row?.muted, 'MutesChanged.v1'),
    open(row?.ignored, 'IgnoresChanged.v1'),
  ]);
  return {
    ways: row?.ways ? wholeWays(trusted<Partial<NotificationWays>>(JSON.parse(row.ways))) : USUAL_WAYS,
    followOwn: row?.follow_own !== 0,
    quietHours: quietHoursIn(quiet),
    timeZone: openedTextIn(quiet, 'timeZone'),
    muted: new Set(idsIn(muted, 'muted')),
    ignored: new Set(idsIn(ignored, 'ignored')),
    readUpTo: BigInt(row?.read_up_to ?? '0'),
  };
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
