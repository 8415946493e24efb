import { statement, type Views } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import type { SameWords } from './door/same-words-history.ts';
import { type TextTimes, withTimes } from './door/text-times.ts';
import type { SealedTranslation, TranslationHtmls } from './translation-html.ts';
import type { GetTranslatedTitles, TranslatedHead } from './translations.query-types.ts';

interface NewestRow extends SealedTranslation, TextTimes {}

/** With max(), SQLite takes the other columns from the row that has it. */
const newestTexts = statement<NewestRow>(
  withTimes(`
    SELECT id, language, comment, source, sealed, max(n) AS n, coalesce(comment, post) AS text FROM translated
    WHERE id IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?)) GROUP BY id`),
);

interface Parts {
  readonly views: Views;
  readonly htmls: Pick<TranslationHtmls, 'headOf'>;
  readonly sameWords: Pick<SameWords, 'ofTitles'>;
}

/** One whose key is destroyed has none, nor has one of a post that has another title since. */
export async function newestTitles(
  { ids, mostBytes }: Pick<GetTranslatedTitles, 'ids' | 'mostBytes'>,
  { views, htmls, sameWords }: Parts,
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
    const head = (await isOfTitle(row, sameWords)) ? await htmls.headOf(row) : null;
    return head === null ? [] : [[idText(row.id), head]];
  });
  return new Map((await Promise.all(heads)).flat());
}

/** Whether the title that was translated is the one that stands. */
async function isOfTitle({ text, source, newest }: NewestRow, sameWords: Parts['sameWords']): Promise<boolean> {
  const last = newest ?? 0;
  return source === last || (await sameWords.ofTitles({ kind: 'post', id: idText(text), source, newest: last }));
}
