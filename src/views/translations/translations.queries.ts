import type { EarlierTranslation, Translation, TranslationText } from '../../../libs/client/index.ts';
import { reading, statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import {
  isTranslationLanguage,
  MOST_EARLIER_TRANSLATIONS,
  TRANSLATION_REASONS,
  type TranslationLanguage,
} from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { openedText, openText } from '../sealed-text.ts';
import { SameWords } from './door/same-words-history.ts';
import { staleness, type TextTimes, withTimes } from './door/text-times.ts';
import { translationKeysBy, translationKeysOf } from './door/translation-keys.ts';
import { TranslationLines } from './door/translation-lines.ts';
import { TranslationRenderings } from './door/translation-renderings.ts';
import { KeptLines } from './kept-lines.ts';
import { newestTitles } from './newest-titles.ts';
import { TranslationHtmls } from './translation-html.ts';
import {
  FindTranslation,
  GetLinesOfPosts,
  GetRemovedTranslations,
  GetTranslatedTitles,
  GetTranslationHtml,
  GetTranslationKeys,
  GetTranslationLines,
  GetTranslations,
  GetTranslationText,
  type RemovedTranslation,
  type TranslatedText,
  type TranslationHtml,
  type TranslationsOf,
} from './translations.query-types.ts';

interface TranslatedRow extends TextTimes {
  readonly n: number;
  readonly id: Buffer;
  readonly post: Buffer;
  readonly language: string;
  readonly member: Buffer;
  readonly at: number;
  readonly revision: number;
  readonly hash: string;
  readonly sealed: Buffer;
}

/** A text as far as it is told without reading it. */
interface TextRow {
  readonly n: number;
  readonly language: string;
  readonly bytes: number;
}

const COLUMNS =
  'n, id, post, comment, language, member, at, revision, source, hash, sealed, coalesce(comment, post) AS text';
const WHERE = { comment: 'comment = ?', post: 'post = ? AND comment IS NULL' } as const;
/** The newest texts in each language, the last of them first. */
const rowsOf = (kind: TranslatedText['kind']) =>
  statement<TextRow>(`
    SELECT n, language, bytes FROM (
      SELECT n, language, length(sealed) AS bytes, row_number() OVER (PARTITION BY language ORDER BY n DESC) AS age
      FROM translated WHERE ${WHERE[kind]}
    ) WHERE age <= ${MOST_EARLIER_TRANSLATIONS + 1} ORDER BY language, age`);
const rows = { comment: rowsOf('comment'), post: rowsOf('post') } as const;
const byNumbers = statement<TranslatedRow>(
  `${withTimes(`SELECT ${COLUMNS} FROM translated WHERE n IN (SELECT value FROM json_each(?))`)}, row.n DESC`,
);
const textRevision = statement<{ readonly revision: number | null }>(
  'SELECT max(revision) AS revision FROM text WHERE id = ?',
);
const byId = statement<Omit<TranslatedRow, Exclude<keyof TextTimes, 'comment'>>>(
  `SELECT ${COLUMNS} FROM translated WHERE id = ? ORDER BY n DESC LIMIT 1`,
);

interface RemovedRow {
  readonly id: Buffer;
  readonly language: string;
  readonly reason: string | null;
  readonly sealed: Buffer | null;
  readonly changed: number;
}

const removedOf = statement<RemovedRow>(`
  SELECT id, language, reason, sealed,
    source <> coalesce((SELECT max(revision) FROM text WHERE id = removed.text), 0) AS changed
  FROM removed_translation AS removed WHERE text = ? AND member = ? ORDER BY language`);

/** Which is the newest text of each of these translations, and how long it is. */
const newestById = statement<{ readonly id: Buffer; readonly n: number; readonly bytes: number }>(`
  SELECT id, max(n) AS n, length(sealed) AS bytes FROM translated
  WHERE id IN (SELECT unhex(replace(value, '-', '')) FROM json_each(?)) GROUP BY id`);

interface Parts {
  readonly views: Views;
  readonly vault: Pick<Vault, 'open'>;
  readonly members: MemberDirectory;
  readonly htmls: Pick<TranslationHtmls, 'of'>;
  readonly renderings: Pick<TranslationRenderings, 'htmlOf'>;
  readonly sameWords: Pick<SameWords, 'of'>;
}

const NEEDS = {
  views: VIEWS,
  vault: VAULT,
  members: MemberDirectory,
  htmls: TranslationHtmls,
  renderings: TranslationRenderings,
  sameWords: SameWords,
} as const;

export const translationQueries = [
  answering(GetTranslations, NEEDS, (asked, parts) => translationsOf(asked, parts)),
  answering(GetTranslationText, NEEDS, textOf),
  answering(GetTranslationHtml, { views: VIEWS, htmls: TranslationHtmls }, htmlOf),
  KeptLines,
  answering(GetTranslationLines, { lines: KeptLines }, ({ postId }, { lines }) => lines.ofPost(postId)),
  answering(GetLinesOfPosts, { lines: TranslationLines }, ({ postIds }, { lines }) => lines.ofPosts(postIds)),
  answering(GetTranslatedTitles, { views: VIEWS, htmls: TranslationHtmls, sameWords: SameWords }, newestTitles),
  answering(FindTranslation, { views: VIEWS }, ({ translationId }, { views }) => {
    const row = byId(views.db('translations')).get(idBytes(translationId));
    if (row === undefined) return null;
    const { language, comment } = row;
    const [postId, memberId] = [idText(row.post), idText(row.member)];
    return { translationId, postId, commentId: comment && idText(comment), memberId, language };
  }),
  answering(GetRemovedTranslations, { views: VIEWS, vault: VAULT }, async ({ textId, memberId }, { views, vault }) => {
    const rows = removedOf(views.db('translations')).all(idBytes(textId), idBytes(memberId));
    return (await Promise.all(rows.map((row) => removedIn(row, vault)))).flat();
  }),
  answering(GetTranslationKeys, { views: VIEWS }, ({ of }, { views }) => [
    ...(of.writtenBy === null ? [] : translationKeysBy(views, of.writtenBy)),
    ...(of.comments.length === 0 ? [] : translationKeysOf(views, of.comments)),
  ]),
];

async function removedIn(
  { id, language, reason, sealed, changed }: RemovedRow,
  vault: Pick<Vault, 'open'>,
): Promise<readonly RemovedTranslation[]> {
  if (!isTranslationLanguage(language)) return [];
  const at = { stream: `translation-${idText(id)}`, type: 'TranslationRemoved.v2' };
  const { text: statement, ...unread } = await openText(vault, sealed, at, 'statement');
  const known = TRANSLATION_REASONS.find((one) => one === reason) ?? 'other';
  return [{ language, reason: known, statement, changed: changed === 1, ...unread }];
}

/** Whether a reader sees the text itself is for the caller to know. */
export async function translationsOf(
  {
    of: { kind, id },
    original,
    language: only,
    mostBytes,
  }: Pick<GetTranslations, 'of' | 'original' | 'language' | 'mostBytes'>,
  parts: Parts,
): Promise<TranslationsOf> {
  const { sourceRevision, all, texts } = reading(parts.views.db('translations'), (db) => {
    const all = rows[kind](db)
      .all(idBytes(id))
      .filter(({ language }) => only === null || language === only);
    const numbers = within(all, mostBytes).map(({ n }) => n);
    const revision = textRevision(db).get(idBytes(id))?.revision ?? 0;
    return { sourceRevision: revision, all, texts: byNumbers(db).all(JSON.stringify(numbers)) };
  });
  const members = await parts.members.authors(texts.map(({ member }) => idText(member)));
  const opened = await Promise.all(texts.map((row) => openedRow(row, parts.vault)));
  const items: Translation[] = [];
  for (const [language, ofLanguage] of Map.groupBy(opened, ({ row }) => row.language)) {
    // A text whose key is destroyed leaves the place to the one before.
    const [shown, ...earlier] = ofLanguage.flatMap(({ row, title, body }) =>
      body === null ? [] : [{ row, title, body }],
    );
    if (shown === undefined || !isTranslationLanguage(language)) continue;
    items.push({
      ...(await presented(shown, language, { members, original }, parts)),
      earlier: earlier.map((one) => earlierText(one, members)),
    });
  }
  const languages = new Set(all.map(({ language }) => language));
  for (const { language } of texts) languages.delete(language);
  return { sourceRevision, items, unopened: [...languages].filter(isTranslationLanguage) };
}

interface OpenedRow {
  readonly row: TranslatedRow;
  readonly title: string | null;
  readonly body: string;
}
type Members = Awaited<ReturnType<MemberDirectory['authors']>>;

async function openedRow(row: TranslatedRow, vault: Pick<Vault, 'open'>) {
  const at = { stream: `translation-${idText(row.id)}`, type: 'TranslationWritten.v1' };
  const personal = await vault.open(row.sealed, at);
  return { row, title: openedText(personal, 'title').text, body: openedText(personal, 'body').text };
}

function earlierText({ row, title, body }: OpenedRow, members: Members): EarlierTranslation {
  return {
    id: idText(row.id),
    by: members.get(idText(row.member)) ?? null,
    writtenAt: moment(row.at),
    ...(title !== null && title !== '' && { title }),
    body,
    sourceRevision: row.source,
    sourceHash: row.hash,
  };
}

async function presented(
  shown: OpenedRow,
  language: TranslationLanguage,
  { members, original }: { readonly members: Members; readonly original: string },
  { htmls, renderings, sameWords }: Pick<Parts, 'htmls' | 'renderings' | 'sameWords'>,
): Promise<TranslationText> {
  const { row, body } = shown;
  return {
    ...earlierText(shown, members),
    language,
    revision: row.revision,
    bodyHtml: row.comment === null ? await renderings.htmlOf({ body, original }) : ((await htmls.of(row)) ?? ''),
    ...(await staleness(row, sameWords)),
  };
}

async function textOf({ translationId, original }: GetTranslationText, parts: Parts): Promise<TranslationText | null> {
  const row = reading(parts.views.db('translations'), (db) => {
    const newest = byId(db).get(idBytes(translationId));
    return newest && byNumbers(db).get(JSON.stringify([newest.n]));
  });
  if (row === undefined || !isTranslationLanguage(row.language)) return null;
  const { title, body } = await openedRow(row, parts.vault);
  if (body === null) return null;
  const members = await parts.members.authors([idText(row.member)]);
  return presented({ row, title, body }, row.language, { members, original }, parts);
}

/** The first of them, and of the others what fits: the newest of each language, then those before. */
function within(texts: readonly TextRow[], mostBytes: number): readonly TextRow[] {
  const heads = new Set(texts.filter(({ language }, at) => language !== texts[at - 1]?.language));
  let taken = 0;
  return [...heads, ...texts.filter((row) => !heads.has(row))].filter(({ bytes }) => {
    taken += bytes;
    return taken === bytes || taken <= mostBytes;
  });
}

async function htmlOf(
  { ids, mostBytes }: GetTranslationHtml,
  { views, htmls }: Pick<Parts, 'views' | 'htmls'>,
): Promise<readonly TranslationHtml[]> {
  const texts = reading(views.db('translations'), (db) => {
    const known = new Map(
      newestById(db)
        .all(JSON.stringify(ids))
        .map((row) => [idText(row.id), row]),
    );
    let taken = 0;
    const fitting = ids
      .flatMap((id) => known.get(id) ?? [])
      .filter(({ bytes }) => {
        taken += bytes;
        return taken <= mostBytes;
      });
    return byNumbers(db).all(JSON.stringify(fitting.map(({ n }) => n)));
  });
  const shown = texts.map(async (row): Promise<readonly TranslationHtml[]> => {
    const bodyHtml = await htmls.of(row);
    return bodyHtml === null ? [] : [{ id: idText(row.id), writtenAt: moment(row.at), bodyHtml }];
  });
  return (await Promise.all(shown)).flat();
}
