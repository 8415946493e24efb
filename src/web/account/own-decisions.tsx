import type { LogEntry } from '../../../libs/client/index.ts';
import type { Frame } from '../shell/frame.ts';
import { decisionsInForce, reasonGiven } from '../shell/own-decisions.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

/** Tells authors what moderators decided on their comments, and why. */
export function OwnDecisions({ entries, frame }: { readonly entries: readonly LogEntry[]; readonly frame: Frame }) {
  const { translator, site } = frame;
  const { t } = translator;
  const decisions = decisionsInForce(entries);
  if (decisions.length === 0) return null;
  const pages = (['imprint', 'rules'] as const).filter((page) => site.pages.includes(page));
  return (
    <section id="decisions" class="own-sanctions" aria-labelledby="decisions-title">
      <h2 id="decisions-title">{t('own.decisions')}</h2>
      <ul>
        {decisions.map(({ action, commentId, entry }) => {
          const reason = reasonGiven(entry);
          return (
            <li key={entry.position}>
              <strong>{t(`own.decided.${action}`)}</strong>{' '}
              <span class="badge">{reason === null ? t('own.noReason') : t(`reason.${reason}`)}</span>{' '}
              <TimeAgo at={entry.at} translator={translator} now={frame.now} />{' '}
              <a href={`/comments/${commentId}`}>{t('own.theComment')}</a>
            </li>
          );
        })}
      </ul>
      <p class="hint">
        {t('own.notRight')}{' '}
        {pages.map((page) => (
          <a key={page} href={`/${page}`}>
            {t(`sitepage.${page}`)}
          </a>
        ))}
      </p>
    </section>
  );
}
