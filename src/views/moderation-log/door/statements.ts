import { statement, type Views } from '../../../../libs/projections/index.ts';
import type { Vault } from '../../../../libs/vault/index.ts';
import { openText } from '../../sealed-text.ts';

interface SealedEntry {
  readonly n: string;
  readonly stream: string;
  readonly type: string;
  readonly sealed: Buffer;
}

const sealedAt = statement<SealedEntry>(`
  SELECT CAST(n AS TEXT) AS n, stream, type, sealed FROM entry
  WHERE n IN (SELECT value FROM json_each(?)) AND sealed IS NOT NULL`);

/** What moderators wrote to those on whom they ruled, by the positions of these rulings; those without words are missing. */
export async function statementsAt(
  positions: readonly bigint[],
  { views, vault }: { readonly views: Pick<Views, 'db'>; readonly vault: Pick<Vault, 'open'> },
): Promise<ReadonlyMap<string, string>> {
  if (positions.length === 0) return new Map();
  const rows = sealedAt(views.db('moderation-log')).all(`[${positions.join(',')}]`);
  const opened = rows.map(async ({ n, sealed, ...at }): Promise<readonly (readonly [string, string])[]> => {
    const { text } = await openText(vault, sealed, at, 'statement');
    return text === null ? [] : [[n, text]];
  });
  return new Map((await Promise.all(opened)).flat());
}
