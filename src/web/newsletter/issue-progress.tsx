import type { IssueProgress } from '../../../libs/client/index.ts';
import type { Translator } from '../shell/i18n/translate.ts';

/** The mails that may be on their way at once. */
const MOST_ON_THE_WAY = 100;

/** What is not zero of it, in the words of the pages. */
export function progressWords(progress: IssueProgress, { t }: Translator): string {
  const { state, readers, sent, unsent, bounced, refused, complained, left } = progress;
  const still = state === 'stopped' ? Math.min(MOST_ON_THE_WAY, readers - sent - unsent) : 0;
  return [
    t(`issue.${state}`, { count: readers, sent }),
    still > 0 ? t('issue.stillCome', { still }) : '',
    state === 'finished' && unsent > 0 ? t('issue.notSent', { unsent }) : '',
    bounced > 0 ? t('issue.bounced', { bounced }) : '',
    refused > 0 ? t('issue.refused', { refused }) : '',
    complained > 0 ? t('issue.complained', { complained }) : '',
    left > 0 ? t('issue.left', { left }) : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
}

/** Told anew by the program while mails are on their way. */
export function IssueProgressPart({ progress, translator }: { progress: IssueProgress; translator: Translator }) {
  const { state, readers, sent, unsent } = progress;
  return (
    <div id="issue-progress" role="status" data-renewed="" data-underway={state === 'sending' ? '' : undefined}>
      {state !== 'unsent' && (
        <progress max={Math.max(readers, 1)} value={sent + unsent} aria-label={translator.t('issue.title')} />
      )}
      <p>{progressWords(progress, translator)}</p>
    </div>
  );
}
