import type { Page } from '../../../libs/client/index.ts';
import { emailIdentity, foldName, Slices } from '../../../libs/kernel/index.ts';
import { statement, type Views } from '../../../libs/projections/index.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idText } from '../ids.ts';
import { rolesOf } from '../rows.ts';
import type { MemberDirectory, OpenedMember } from './door/member-directory.ts';
import type { ListMembers, MemberForStaff, MemberWish } from './members.query-types.ts';
import { presentOwn } from './present-member.ts';

/** The rows that one page looks at, at most: names are sealed, so that a search opens each. */
const MOST_ROWS = 1_000;
const ROWS_AT_ONCE = 100;
const END = 2n ** 62n;

interface ListRow {
  readonly n: bigint;
  readonly id: Buffer;
  readonly roles: string;
  readonly membership: string;
}

/** `n` as a text, since a position is no JS number. */
const before = statement<Omit<ListRow, 'n'> & { readonly n: string }>(`
  SELECT CAST(m.n AS TEXT) AS n, m.id, m.roles, m.membership FROM member m WHERE m.n < ? ORDER BY m.n DESC LIMIT ${ROWS_AT_ONCE}`);

interface Parts {
  readonly views: Views;
  readonly members: MemberDirectory;
}

/** Members newest first, as far as the page or the look at rows goes. Throws DomainError `invalid` (cursor). */
export async function listMembers(
  { wish, page: { limit, cursor }, seesAddresses }: ListMembers,
  { views, members }: Parts,
): Promise<Page<MemberForStaff>> {
  const list = JSON.stringify(['members', wish]);
  const slices = new Slices();
  const items: MemberForStaff[] = [];
  let at = cursor === null ? END : readNumberCursor(cursor, list);
  for (let looked = 0; looked < MOST_ROWS; ) {
    const rows = before(views.db('members')).all(at);
    if (rows.length === 0) return { items, next: null };
    for (const row of rows) {
      await slices.pause();
      looked += 1;
      at = BigInt(row.n);
      const member = fitsRow(row, wish) ? await members.of(idText(row.id)) : undefined;
      if (member !== undefined && fitsText(member, wish, seesAddresses)) {
        items.push({ ...presentOwn(member), roles: member.heldRoles, heldBy: member.heldBy });
      }
      if (items.length >= limit) return { items, next: writeNumberCursor(at, list) };
    }
  }
  return { items, next: writeNumberCursor(at, list) };
}

function fitsRow({ roles, membership }: Omit<ListRow, 'n'>, wish: MemberWish): boolean {
  if (wish.role !== undefined && !rolesOf(roles).includes(wish.role)) return false;
  return wish.membership === undefined || membership === wish.membership;
}

/** An address is found as a whole alone, so that nobody tries parts of addresses. */
function fitsText({ handle, displayName, email }: OpenedMember, { q }: MemberWish, seesAddresses: boolean): boolean {
  if (q === undefined) return true;
  const words = foldName(q);
  if ([handle, displayName].some((text) => foldName(text).includes(words))) return true;
  return seesAddresses && email !== null && emailIdentity(email) === emailIdentity(q);
}
