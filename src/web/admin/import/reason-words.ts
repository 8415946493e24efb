import type { MessageKey } from '../../shell/i18n/translate.ts';

/** The words for reasons that many exports give; others are told as the import writes them, in English. */
const WORDS: ReadonlyMap<string, MessageKey> = new Map([
  ['deleted', 'import.why.deleted'],
  ['spam', 'import.why.spam'],
  ['in the trash', 'import.why.trash'],
  ['empty', 'import.why.empty'],
  ['twice in the file', 'import.why.twice'],
  ['rejected', 'import.why.rejected'],
  ['attachment', 'import.why.attachment'],
  ['menu entry', 'import.why.menu'],
  ['draft', 'import.why.draft'],
  ['waiting for review', 'import.why.review'],
  ['private', 'import.why.private'],
  ['protected by a password', 'import.why.password'],
  ['page without comments', 'import.why.emptyPage'],
  ['page without comments (bring them with --pages)', 'import.why.pageAlone'],
  ['page whose comments are all left out', 'import.why.idlePage'],
  ['page on a machine or network that readers do not reach (bring them with --local)', 'import.why.local'],
  ['on a page on a machine or network that readers do not reach (bring them with --local)', 'import.why.local'],
  ['page with a path alone (say where its site stands with --site)', 'import.why.pathAlone'],
  ['on a page with a path alone (say where its site stands with --site)', 'import.why.pathAlone'],
  ['not asked for (bring them with --media DIR or --fetch-media)', 'import.why.imageNotAsked'],
  ['not in the folder of --media', 'import.why.imageNotThere'],
  ['refused by the forum', 'import.why.refused'],
]);

/** The key of a reason's words; null for one that has none. */
export function leftOutKey(why: string): MessageKey | null {
  return WORDS.get(why) ?? null;
}
