import { IMPORT_NAMES } from '../../../../libs/words/index.ts';
import { type ImportJob, isUnderWay } from '../../../acts/importing/import-job.ts';
import type { Translator } from '../../shell/i18n/translate.ts';

/** The system's own name; a dash while nobody knows it. */
export function systemOf({ choices }: Pick<ImportJob, 'choices'>): string {
  return choices.source === null ? '–' : IMPORT_NAMES[choices.source];
}

/** How far it is, in one sentence or two. */
export function importedSoFar(job: ImportJob, { t, number }: Translator): string {
  const { progress, state } = job;
  const counts =
    progress === null || (!isUnderWay(job) && state !== 'stopped')
      ? ''
      : t('import.progress', {
          percent: number(percentOf(job)),
          posts: number(progress.posts),
          comments: number(progress.comments),
        });
  return [t(`import.told.${state}`), counts].filter(Boolean).join(' ');
}

export function percentOf({ progress }: Pick<ImportJob, 'progress'>): number {
  if (progress === null || progress.bytes === 0) return 0;
  return Math.floor((100 * progress.bytesRead) / progress.bytes);
}
