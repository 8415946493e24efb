import { statement, type Views } from '../../../libs/projections/index.ts';
import type { Vault } from '../../../libs/vault/index.ts';
import { idText } from '../ids.ts';
import { openedText } from '../sealed-text.ts';
import type { GetTranslatedTitles } from './translations.query-types.ts';

/** With max(), SQLite takes the other columns from the row that has it. */
const newestTexts = statement<{ readonly id: Buffer; readonly sealed: Buffer; readonly n: number }>(`
  SELECT id, sealed, max(n) AS n FROM translated
  WHERE id IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?)) GROUP BY id`);

/** One whose key is destroyed has none. */
export async function newestTitles(
  { ids, mostBytes }: Pick<GetTranslatedTitles, 'ids' | 'mostBytes'>,
  { views, vault }: { readonly views: Views; readonly vault: Pick<Vault, 'open'> },
): Promise<ReadonlyMap<string, string>> {
  const known = new Map(
    newestTexts(views.db('translations'))
      .all(JSON.stringify(ids))
      .map((row) => [idText(row.id), row]),
  );
  let taken = 0;
  const fitting = ids
    .flatMap((id) => known.get(id) ?? [])
    .filter(({ sealed }) => {
      taken += sealed.length;
      return taken <= mostBytes;
    });
  const titles = fitting.map(async ({ id, sealed }): Promise<readonly (readonly [string, string])[]> => {
    const stream = `translation-${idText(id)}`;
    const personal = await vault.open(sealed, { stream, type: 'TranslationWritten.v1' });
    const { text } = openedText(personal, 'title');
    return text === null || text === '' ? [] : [[idText(id), text]];
  });
  return new Map((await Promise.all(titles)).flat());
}
