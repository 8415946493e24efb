import type { Invitation, MemberAuthor } from '../../../libs/client/index.ts';
import { DomainError, isErased, isUuid } from '../../../libs/kernel/index.ts';
import { statement, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import type { InvitationOutcome } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import type { Standing } from '../members/members.query-types.ts';
import { moment } from '../moment.ts';
import { openedTextIn, rolesOf } from '../rows.ts';
import { GetInvitation, GetInvitations } from './invitations.query-types.ts';

interface Row {
  readonly n: bigint;
  readonly id: Buffer;
  readonly made_at: bigint;
  readonly made_by: string;
  readonly roles: string;
  readonly expires_at: bigint;
  readonly sealed: Buffer | null;
  readonly used_by: Buffer | null;
  readonly withdrawn: bigint;
  readonly undone: bigint;
}

const LIST = 'invitations';
const newestFirst = statement<Row>('SELECT * FROM invitation WHERE n < ? ORDER BY n DESC LIMIT ?');
const byId = statement<Row>('SELECT * FROM invitation WHERE id = ?');
const NO_BOUND = 2n ** 63n - 1n;

const NEEDS = { views: VIEWS, vault: VAULT, members: MemberDirectory } as const;

export const invitationQueries = [
  answering(GetInvitations, NEEDS, async ({ page, now }, { views, vault, members }) => {
    const before = page.cursor === null ? NO_BOUND : readNumberCursor(page.cursor, LIST);
    const rows = newestFirst(views.db('invitations')).all(before, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    const items = await Promise.all(shown.map((row) => present(row, { vault, members, now })));
    return { items, next: last === undefined ? null : writeNumberCursor(BigInt(last.n), LIST) };
  }),
  answering(GetInvitation, NEEDS, async ({ invitationId, now }, { views, vault, members }) => {
    const row = isUuid(invitationId) ? byId(views.db('invitations')).get(idBytes(invitationId)) : undefined;
    if (row === undefined) throw new DomainError('not_found', 'There is no such invitation.');
    return present(row, { vault, members, now });
  }),
];

interface Presenting {
  readonly vault: Vault;
  readonly members: MemberDirectory;
  readonly now: string;
}

async function present(row: Row, { vault, members, now }: Presenting): Promise<Invitation> {
  const id = idText(row.id);
  const stream = `invitation-${id}`;
  const opened = row.sealed && (await vault.open(row.sealed, { stream, type: 'InvitationMade.v1' }));
  const personal = opened === null || isErased(opened) ? {} : opened;
  const nobody: MemberAuthor | null = null;
  const [by, maker, usedBy] = await Promise.all([
    members.author(row.made_by),
    members.of(row.made_by),
    row.used_by === null ? nobody : members.author(idText(row.used_by)),
  ]);
  return {
    id,
    roles: rolesOf(row.roles),
    email: openedTextIn(personal, 'email'),
    note: openedTextIn(personal, 'note') ?? '',
    state: outcomeOf(row, maker, now),
    createdAt: moment(Number(row.made_at)),
    expiresAt: moment(Number(row.expires_at)),
    by,
    usedBy,
  };
}

function outcomeOf(
  { used_by, withdrawn, expires_at, undone }: Row,
  maker: Standing | undefined,
  now: string,
): InvitationOutcome {
  if (used_by !== null) return 'used';
  if (Number(withdrawn) === 1) return 'withdrawn';
  if (Number(expires_at) <= Date.parse(now)) return 'expired';
  return Number(undone) === 0 && isAdmin(maker) ? 'open' : 'void';
}

function isAdmin(maker: Standing | undefined): boolean {
  return maker !== undefined && !maker.banned && maker.roles.includes('admin');
}
