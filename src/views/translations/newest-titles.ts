import { statement, type Views } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import type { SealedTranslation, TranslationHtmls } from './translation-html.ts';
import type { GetTranslatedTitles, TranslatedHead } from './translations.query-types.ts';

/** With max(), SQLite takes the other columns from the row that has it. */
const newestTexts = statement<SealedTranslation>(`
  SELECT id, sealed, max(n) AS n FROM translated
  WHERE id IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?)) GROUP BY id`);

/** One whose key is destroyed has none. */
export async function newestTitles(
  { ids, mostBytes }: Pick<GetTranslatedTitles, 'ids' | 'mostBytes'>,
  { views, htmls }: { readonly views: Views; readonly htmls: Pick<TranslationHtmls, 'headOf'> },
): Promise<ReadonlyMap<string, TranslatedHead>> {
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
  const heads = fitting.map(async (row): Promise<readonly (readonly [string, TranslatedHead])[]> => {
    const head = await htmls.headOf(row);
    return head === null ? [] : [[idText(row.id), head]];
  });
  return new Map((await Promise.all(heads)).flat());
}
