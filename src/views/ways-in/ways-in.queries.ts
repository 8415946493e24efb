import type { Database } from 'better-sqlite3';
import type { OwnSession, Page, Passkey } from '../../../libs/client/index.ts';
import { isErased, isUuid } from '../../../libs/kernel/index.ts';
import { statement, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { RECOVERY_CODES, SIGN_IN_WAYS, type SignInWay } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { openedTextIn } from '../rows.ts';
import { GetOwnSessions, GetSignInFacts, GetWaysIn, type WaysIn } from './ways-in.query-types.ts';

interface SessionRow {
  readonly n: number;
  readonly id: string;
  readonly opened_at: number;
  readonly expires_at: number;
  readonly way: string;
  readonly seen: string;
  readonly sealed: Buffer | null;
  readonly recovered: number;
}

interface PasskeyRow {
  readonly id: Buffer;
  readonly added_at: number;
  readonly sealed: Buffer | null;
}

const sessionsOf = statement<SessionRow>(`
  SELECT * FROM session WHERE member = ? AND n < ? AND seen >= ? ORDER BY n DESC LIMIT ?`);
const sessionById = statement<{ n: number }>('SELECT n FROM session WHERE id = ?');
const passkeysOf = statement<PasskeyRow>('SELECT id, added_at, sealed FROM passkey WHERE member = ? ORDER BY n');
const factorOf = statement<{ turned_on_at: number; used_codes: number }>(
  'SELECT turned_on_at, used_codes FROM second_factor WHERE member = ?',
);
const lastSeen = statement<{ day: string }>('SELECT day FROM last_seen WHERE member = ?');

/** Larger than every position. */
const FROM_THE_FIRST = 2n ** 63n - 1n;

export const waysInQueries = [
  answering(GetOwnSessions, { views: VIEWS, vault: VAULT }, (asked, { views, vault }) =>
    ownSessions(asked, views.db('ways-in'), vault),
  ),
  answering(GetWaysIn, { views: VIEWS, vault: VAULT }, ({ memberId }, { views, vault }) =>
    waysIn(memberId, views.db('ways-in'), vault),
  ),
  answering(GetSignInFacts, { views: VIEWS }, ({ memberIds }, { views }) => {
    const db = views.db('ways-in');
    const facts = memberIds.filter(isUuid).map((memberId) => {
      const member = idBytes(memberId);
      const lastSeenOn = lastSeen(db).get(member)?.day ?? null;
      return [memberId, { lastSeenOn, secondFactor: factorOf(db).get(member) !== undefined }] as const;
    });
    return new Map(facts);
  }),
];

async function ownSessions(
  { memberId, present, page: { limit, cursor, seenSince } }: GetOwnSessions,
  db: Database,
  vault: Vault,
): Promise<Page<OwnSession>> {
  const before = cursor === null ? FROM_THE_FIRST : readNumberCursor(cursor, memberId);
  const rows = sessionsOf(db).all(idBytes(memberId), before, seenSince, limit + 1);
  const shown = rows.slice(0, limit);
  const items = await Promise.all(shown.map((row) => presented(row, { memberId, present: present.sessionId, vault })));
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const isRecorded = sessionById(db).get(present.sessionId) !== undefined;
  const first = cursor === null && !isRecorded ? [unrecorded(present)] : [];
  return { items: [...first, ...items], next: last === undefined ? null : writeNumberCursor(BigInt(last.n), memberId) };
}

/** A session that began before sign-ins were recorded. */
function unrecorded({ sessionId: id, openedAt, endsAt }: GetOwnSessions['present']): OwnSession {
  return { id, current: true, way: null, device: null, openedAt, lastSeenOn: null, expiresAt: endsAt };
}

async function presented(
  row: SessionRow,
  { memberId, present, vault }: { readonly memberId: string; readonly present: string; readonly vault: Vault },
): Promise<OwnSession> {
  return {
    id: row.id,
    current: row.id === present,
    way: wayOf(row.way),
    ...(row.recovered === 1 ? { usedRecoveryCode: true as const } : {}),
    device: await openedText(row.sealed, { memberId, type: 'MemberSessionOpened.v1', field: 'device' }, vault),
    openedAt: moment(row.opened_at),
    lastSeenOn: row.seen,
    expiresAt: moment(row.expires_at),
  };
}

async function waysIn(memberId: string, db: Database, vault: Vault): Promise<WaysIn> {
  const member = idBytes(memberId);
  const factor = factorOf(db).get(member);
  const passkeys = passkeysOf(db).all(member);
  return {
    secondFactor:
      factor === undefined
        ? null
        : { turnedOnAt: moment(factor.turned_on_at), recoveryCodesLeft: RECOVERY_CODES - bitsIn(factor.used_codes) },
    passkeys: await Promise.all(passkeys.map((row) => presentPasskey(row, memberId, vault))),
  };
}

async function presentPasskey({ id, added_at, sealed }: PasskeyRow, memberId: string, vault: Vault): Promise<Passkey> {
  const name = await openedText(sealed, { memberId, type: 'PasskeyAdded.v1', field: 'name' }, vault);
  return { id: idText(id), name: name ?? '', createdAt: moment(added_at) };
}

async function openedText(
  sealed: Buffer | null,
  { memberId, type, field }: { readonly memberId: string; readonly type: string; readonly field: string },
  vault: Vault,
): Promise<string | null> {
  if (sealed === null) return null;
  const personal = await vault.open(sealed, { stream: `member-${memberId}`, type });
  return isErased(personal) ? null : openedTextIn(personal, field) || null;
}

function wayOf(text: string): SignInWay | null {
  return SIGN_IN_WAYS.find((way) => way === text) ?? null;
}

function bitsIn(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}
