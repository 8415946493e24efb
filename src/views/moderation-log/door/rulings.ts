import { statement, type Views } from '../../../../libs/projections/index.ts';
import type { Vault } from '../../../../libs/vault/index.ts';
import { openText } from '../../sealed-text.ts';

interface RulingRow {
  readonly n: string;
  readonly stream: string;
  readonly type: string;
  readonly reason: string | null;
  readonly sealed: Buffer | null;
}

/** What a moderator ruled, as whoever it is about is told. */
export interface ToldRuling {
  /** The stream of what it is about. */
  readonly stream: string;
  readonly reason: string | null;
  /** What the moderator wrote; null for nothing, and for words that are erased. */
  readonly statement: string | null;
}

const rulingRows = statement<RulingRow>(`
  SELECT CAST(n AS TEXT) AS n, stream, type, reason, sealed FROM entry WHERE n IN (SELECT value FROM json_each(?))`);

/** What moderators ruled, by the positions of these rulings. */
export async function rulingsAt(
  positions: readonly bigint[],
  { views, vault }: { readonly views: Pick<Views, 'db'>; readonly vault: Pick<Vault, 'open'> },
): Promise<ReadonlyMap<string, ToldRuling>> {
  if (positions.length === 0) return new Map();
  const rows = rulingRows(views.db('moderation-log')).all(`[${positions.join(',')}]`);
  const opened = rows.map(async ({ n, stream, type, reason, sealed }): Promise<readonly [string, ToldRuling]> => {
    const { text } = await openText(vault, sealed, { stream, type }, 'statement');
    return [n, { stream, reason, statement: text }];
  });
  return new Map(await Promise.all(opened));
}
