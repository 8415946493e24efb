import type { LogEntry } from '../../../libs/client/index.ts';
import { REPORT_REASONS } from '../../../libs/words/index.ts';
import type { Frame } from '../shell/frame.ts';
import { oneOf } from '../shell/one-of.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

const TOLD = ['hold', 'reject', 'remove'] as const;
type Told = (typeof TOLD)[number];

interface OwnDecision {
  readonly action: Told;
  readonly commentId: string;
  readonly entry: LogEntry;
}

/** The decisions in force by which something of the member's is not shown to readers; entries come newest first. */
export function decisionsInForce(entries: readonly LogEntry[]): readonly OwnDecision[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const { commentId, undone } = entry;
    if (commentId === null || undone || entry.action === 'undo' || seen.has(commentId)) return [];
    seen.add(commentId);
    const action = TOLD.find((told) => told === entry.action);
    return action === undefined ? [] : [{ action, commentId, entry }];
  });
}

function reasonIn(text: string | null, t: Frame['translator']['t']): string {
  const reason = oneOf(REPORT_REASONS, text ?? '');
  return reason === undefined ? t('own.noReason') : t(`reason.${reason}`);
}

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
        {decisions.map(({ action, commentId, entry: { at, position, reason } }) => (
          <li key={position}>
            <strong>{t(`own.decided.${action}`)}</strong> <span class="badge">{reasonIn(reason, t)}</span>{' '}
            <TimeAgo at={at} translator={translator} now={frame.now} />{' '}
            <a href={`/comments/${commentId}`}>{t('own.theComment')}</a>
          </li>
        ))}
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
