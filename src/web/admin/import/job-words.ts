import { IMPORT_NAMES } from '../../../../libs/words/index.ts';
import { type ImportJob, type ImportTold, isUnderWay } from '../../../acts/importing/import-job.ts';
import type { Translator } from '../../shell/i18n/translate.ts';

/** The system's own name, as far as it is known. */
export function systemOf({ choices }: Pick<ImportJob, 'choices'>, { t }: Translator): string {
  return choices.source === null ? t('import.systemUnknown') : IMPORT_NAMES[choices.source];
}

/** In a word or two, for a list. */
export function stateOf(job: Pick<ImportJob, 'state' | 'told'>, { t }: Translator): string {
  return t(isUnreadable(job) ? 'import.state.unread' : `import.state.${job.state}`);
}

/** Whether a look has shown that the file is none of its system. */
function isUnreadable({ state, told }: Pick<ImportJob, 'state' | 'told'>): boolean {
  return state === 'looked' && told !== null && isUnread(told);
}

/** How far it is, in one sentence or two. */
export function importedSoFar(job: ImportJob, translator: Translator): string {
  const { t } = translator;
  const { progress, state } = job;
  const counts =
    progress === null || (!isUnderWay(job) && state !== 'stopped')
      ? ''
      : reachedWords({ ...progress, percent: percentOf(job) }, translator);
  if (isUnreadable(job)) return t('import.told.unread', { system: systemOf(job, translator) });
  if (comesToNothing(job)) return t('import.told.nothing');
  return [t(`import.told.${state}`), counts].filter(Boolean).join(' ');
}

/** A file is read to its end before the first of it is counted. */
function reachedWords(
  { percent, posts, comments }: { readonly percent: number; readonly posts: number; readonly comments: number },
  { t, number }: Translator,
): string {
  if (posts + comments === 0) return t('import.reading', { percent: number(percent) });
  return t('import.progress', { percent: number(percent), posts: number(posts), comments: number(comments) });
}

/** Whether nothing in the file is of the chosen system: no post, no comment, and nothing that is left out. */
export function isUnread({ posts, comments, pingbacks, leftOut }: ImportTold): boolean {
  return isWithout({ posts, comments }) && pingbacks === 0 && leftOut.length === 0;
}

/** Whether a look has shown that an import would do nothing. */
export function comesToNothing({ state, told }: Pick<ImportJob, 'state' | 'told'>): boolean {
  return state === 'looked' && told !== null && isWithout(told);
}

function isWithout({ posts, comments }: Pick<ImportTold, 'posts' | 'comments'>): boolean {
  const here = [posts.imported, posts.updated, posts.unchanged, comments.imported, comments.unchanged];
  return here.every((count) => count === 0);
}

export function percentOf({ progress }: Pick<ImportJob, 'progress'>): number {
  if (progress === null || progress.bytes === 0) return 0;
  return Math.floor((100 * progress.bytesRead) / progress.bytes);
}
