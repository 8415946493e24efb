import type { Database } from 'better-sqlite3';
import { isUuid } from '../../../libs/kernel/index.ts';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import type { MailState } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { IS_TOLD, isLetterKind } from './letter-causes.ts';
import {
  CountMails,
  type DueMail,
  GetExpiredLinks,
  GetLastMails,
  GetMailsTo,
  GetMailWork,
  type LetterKind,
  type ListedMail,
  ListMails,
  type MailWork,
  MayTellOfOthers,
  type UnsettledState,
} from './mails.query-types.ts';

interface DueRow {
  readonly id: Buffer;
  readonly kind: string;
  readonly receiver: string;
  readonly cause: string;
  readonly at: number;
}

interface MailRow extends DueRow {
  readonly state: MailState;
  readonly attempts: number;
  readonly next_at: number | null;
  readonly reason: string | null;
  readonly changed_at: number;
}

const LIST = 'mails';
const COLUMNS = 'id, kind, receiver, CAST(cause AS TEXT) AS cause, at';
const ALL_COLUMNS = `${COLUMNS}, state, attempts, next_at, reason, changed_at`;

/** Of those that somebody waits for (0), or of those that tell what is new (1). */
const due = statement<DueRow>(`
  SELECT ${COLUMNS} FROM mail INDEXED BY mail_due
  WHERE next_at IS NOT NULL AND ${IS_TOLD} = ? AND next_at <= ? ORDER BY next_at, mail.cause LIMIT ?`);
const next = statement<{ at: number | null }>(`
  SELECT min(at) AS at FROM (
    SELECT min(next_at) AS at FROM mail INDEXED BY mail_due WHERE next_at IS NOT NULL AND ${IS_TOLD} = 0 AND next_at > @now
    UNION ALL
    SELECT min(next_at) FROM mail INDEXED BY mail_due WHERE next_at IS NOT NULL AND ${IS_TOLD} = 1 AND next_at > @now)`);
const lease = statement<{ holder: string; until: number }>("SELECT holder, until FROM lease WHERE reactor = 'mail'");
const mailsTo = statement<{ id: Buffer }>('SELECT id FROM mail WHERE receiver IN (SELECT value FROM json_each(?))');
const kindOf = statement<{ kind: string }>('SELECT kind FROM mail WHERE id = ?');
const begun = statement<{ kind: string }>('SELECT kind FROM begun ORDER BY kind');
const counted = statement<{ state: UnsettledState; mails: number }>(`
  SELECT state, count(*) AS mails FROM mail INDEXED BY mail_state
  WHERE state IN ('waiting', 'failed', 'given-up') GROUP BY state`);
const expiredLinks = statement<{ id: Buffer }>(
  'SELECT id FROM link INDEXED BY link_expires WHERE expires_at < ? ORDER BY expires_at, id LIMIT ?',
);
/** The newest of a state, by its cause. */
const newestOf = statement<{ changed_at: number; reason: string | null }>(
  'SELECT changed_at, reason FROM mail INDEXED BY mail_state WHERE state = ? ORDER BY mail.cause DESC LIMIT 1',
);
/** Newest first, before a mail. */
const LISTS = {
  all: statement<MailRow>(`
    SELECT ${ALL_COLUMNS} FROM mail WHERE (mail.cause, id) < (?, ?) ORDER BY mail.cause DESC, id DESC LIMIT ?`),
  trouble: statement<MailRow>(`
    SELECT ${ALL_COLUMNS} FROM mail INDEXED BY mail_state
    WHERE state IN ('failed', 'given-up') AND (mail.cause, id) < (?, ?)
    ORDER BY mail.cause DESC, id DESC LIMIT ?`),
} as const;

/** The kinds of letters with the words or the name of somebody else. */
const TELLING_KINDS: readonly string[] = ['told', 'invitation'] satisfies readonly LetterKind[];

const GREATEST_POSITION = 2n ** 63n - 1n;
const LAST_ID = Buffer.alloc(17, 0xff);

export const mailQueries = [
  answering(GetMailWork, { views: VIEWS }, ({ now, limit }, { views }) => workIn(views.db('mails'), now, limit)),
  answering(ListMails, { views: VIEWS, members: MemberDirectory }, async ({ which, limit, cursor }, parts) => {
    const from = cursor === null ? { cause: GREATEST_POSITION, id: LAST_ID } : placeIn(cursor);
    const rows = LISTS[which](parts.views.db('mails')).all(from.cause, from.id, limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const authors = await parts.members.authors(shown.map(({ receiver }) => receiver).filter(isUuid));
    const items = shown.flatMap((row) => present(row, authors.get(row.receiver)?.handle));
    return { items, next: last === undefined ? null : placeOf(last) };
  }),
  answering(GetExpiredLinks, { views: VIEWS }, ({ before, limit }, { views }) =>
    expiredLinks(views.db('mails'))
      .all(before, limit)
      .map(({ id }) => idText(id)),
  ),
  answering(GetLastMails, { views: VIEWS }, (_, { views }) => {
    const newest = (state: MailState) => newestOf(views.db('mails')).get(state);
    const sent = newest('sent');
    const faults = (['failed', 'given-up'] as const).map(newest).filter((row) => row !== undefined);
    const [fault] = faults.toSorted((one, other) => other.changed_at - one.changed_at);
    return {
      lastSentAt: sent === undefined ? null : moment(sent.changed_at),
      lastFault: fault?.reason ? { reason: fault.reason, at: moment(fault.changed_at) } : null,
    };
  }),
  answering(GetMailsTo, { views: VIEWS }, ({ receivers }, { views }) => {
    const rows = mailsTo(views.db('mails')).all(JSON.stringify(receivers));
    return new Set(rows.map(({ id }) => idText(id)));
  }),
  answering(MayTellOfOthers, { views: VIEWS }, ({ mailId }, { views }) =>
    TELLING_KINDS.includes(kindOf(views.db('mails')).get(idBytes(mailId))?.kind ?? ''),
  ),
  answering(CountMails, { views: VIEWS }, (_, { views }) => {
    const counts = Object.fromEntries(
      counted(views.db('mails'))
        .all()
        .map(({ state, mails }) => [state, mails]),
    );
    return { waiting: 0, failed: 0, 'given-up': 0, ...counts };
  }),
];

function workIn(db: Database, now: number, limit: number): MailWork {
  return reading(db, () => {
    const awaited = due(db).all(0, now, limit);
    return {
      due: [...awaited, ...due(db).all(1, now, limit - awaited.length)].flatMap(dueMail),
      nextAt: next(db).get({ now })?.at ?? null,
      lease: lease(db).get() ?? null,
      begun: begun(db)
        .all()
        .map(({ kind }) => kind),
    };
  });
}

/** A kind of a newer program is that program's. */
function dueMail({ id, kind, receiver, cause, at }: DueRow): readonly DueMail[] {
  return isLetterKind(kind) ? [{ mailId: idText(id), kind, receiver, cause: BigInt(cause), at: moment(at) }] : [];
}

function present(row: MailRow, handle: string | undefined): readonly ListedMail[] {
  const { kind, state, attempts, reason } = row;
  if (!isLetterKind(kind)) return [];
  return [
    {
      mailId: idText(row.id),
      kind,
      receiver: handle === undefined ? null : { handle },
      at: moment(row.at),
      state,
      attempts,
      reason,
      nextAt: row.next_at === null ? null : moment(row.next_at),
      changedAt: moment(row.changed_at),
    },
  ];
}

function placeOf({ cause, id }: MailRow): string {
  const content = Buffer.alloc(24);
  content.writeBigInt64BE(BigInt(cause));
  id.copy(content, 8);
  return writeOpaque(content, LIST);
}

function placeIn(cursor: string): { readonly cause: bigint; readonly id: Buffer } {
  const content = readOpaque(cursor, LIST);
  if (content.length !== 24) throw invalidCursor();
  return { cause: content.readBigInt64BE(), id: content.subarray(8) };
}
