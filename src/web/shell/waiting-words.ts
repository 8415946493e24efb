import type { WaitingForStaff } from './frame.ts';
import type { Translator } from './i18n/translate.ts';

export function allWaiting({ comments, newcomers, appeals, translations }: WaitingForStaff): number {
  return comments + newcomers + appeals + translations;
}

/** "2 comments wait · 1 appeal waits": what there is none of is not told, but comments where there is nothing at all. */
export function waitingWords(waiting: WaitingForStaff, { t }: Pick<Translator, 't'>): string {
  const { comments, newcomers, appeals, translations } = waiting;
  return [
    ...(comments > 0 || allWaiting(waiting) === 0 ? [t('nav.waiting', { count: comments })] : []),
    ...(newcomers > 0 ? [t('nav.waitingPeople', { count: newcomers })] : []),
    ...(appeals > 0 ? [t('nav.waitingAppeals', { count: appeals })] : []),
    ...(translations > 0 ? [t('nav.waitingTranslations', { count: translations })] : []),
  ].join(' · ');
}
