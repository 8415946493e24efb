import { type PlaceImportReason, type PlainImportReason } from '../../../../libs/words/index.ts';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';

/** Reasons as the import writes them, in English, and the words for them. */
const WORDS: Readonly<Record<PlainImportReason, MessageKey>> = {
  deleted: 'import.why.deleted',
  spam: 'import.why.spam',
  'in the trash': 'import.why.trash',
  empty: 'import.why.empty',
  'twice in the file': 'import.why.twice',
  'was erased here': 'import.why.erased',
  rejected: 'import.why.rejected',
  attachment: 'import.why.attachment',
  'menu entry': 'import.why.menu',
  draft: 'import.why.draft',
  'waiting for review': 'import.why.review',
  private: 'import.why.private',
  'protected by a password': 'import.why.password',
  'page without comments': 'import.why.emptyPage',
  'page without comments (bring them with --pages)': 'import.why.pageAlone',
  'page whose comments are all left out': 'import.why.idlePage',
  'not asked for (bring them with --media DIR or --fetch-media)': 'import.why.imageNotAsked',
  'not in the folder of --media': 'import.why.imageNotThere',
  'refused by the forum': 'import.why.refused',
  'a note about the topic': 'import.why.note',
  'a whisper among staff': 'import.why.whisper',
  'its address names no site': 'import.why.imageNoSite',
  'on another site': 'import.why.imageElsewhere',
  'the old site does not answer': 'import.why.imageSilent',
  'its host has a private address': 'import.why.imagePrivate',
  'the old site leads to another site': 'import.why.imageLedAway',
  'the old site leads in a circle': 'import.why.imageCircle',
  'more than one run fetches: run the import again': 'import.why.imageBusy',
  'a featured image that the export does not hold': 'import.why.notExported',
};

/** Of pages, and of what was said there. */
const OF_PLACES: Readonly<Record<PlaceImportReason, MessageKey>> = {
  'on a machine or network that readers do not reach (bring them with --local)': 'import.why.local',
  'with a path alone (say where its site stands with --site)': 'import.why.pathAlone',
  'with an address that names no page': 'import.why.noPage',
  'without an address': 'import.why.noAddress',
  'that the file does not tell': 'import.why.untold',
  'on a cache or a translator (bring them with --local)': 'import.why.cache',
};

/** Reasons that name something of the file. */
const NAMING: readonly (readonly [RegExp, MessageKey])[] = [
  [/^the old site answers (?<status>\d+)$/, 'import.why.imageAnswer'],
  [/^larger than (?<most>\d+) bytes$/, 'import.why.imageLarge'],
  [/^refused: /, 'import.why.imageRefused'],
  [/^with status (?<state>.*)$/s, 'import.why.status'],
  [/^of mode (?<mode>.*)$/s, 'import.why.mode'],
  [/^of type (?<type>[^(]*) \(bring them with --types /, 'import.why.typeAlone'],
  [/^of type (?<type>.*)$/s, 'import.why.type'],
];

/** What hides all that was said below it. */
const UNDER = 'under an item that was left out: ';

/** A reason in the reader's language; null for one that has no words. */
export function leftOutWords(why: string, translator: Translator): string | null {
  const { t } = translator;
  const key = keyIn(WORDS, why) ?? keyIn(OF_PLACES, why.replace(/^(?:on a )?page /, ''));
  if (key !== undefined) return t(key, { box: t('import.local') });
  if (why.startsWith(UNDER)) {
    const inner = why.slice(UNDER.length);
    return t('import.why.under', { why: leftOutWords(inner, translator) ?? inner });
  }
  for (const [pattern, named] of NAMING) {
    const found = pattern.exec(why);
    if (found !== null) return t(named, { ...found.groups });
  }
  return null;
}

function keyIn(words: Readonly<Record<string, MessageKey>>, why: string): MessageKey | undefined {
  return Object.hasOwn(words, why) ? words[why] : undefined;
}
