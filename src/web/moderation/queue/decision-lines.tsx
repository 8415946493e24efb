import type { Decision, LogEntry } from '../../../../libs/client/index.ts';
import { recordHref } from '../../shell/addresses.ts';
import type { Frame } from '../../shell/frame.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { decisionText } from '../decision/decision-text.ts';
import { logEntryText } from '../log/log-words.ts';
import { Said } from '../said.tsx';

/** The text was purged: by whom, and why. */
function Purged({ purge, frame }: { purge: LogEntry; frame: Frame }) {
  const { translator, now } = frame;
  const { actor } = purge;
  return (
    <li>
      <strong>{logEntryText(purge, translator)}</strong>{' '}
      {actor && (
        <a href={recordHref(actor.handle)}>
          <bdi>{actor.displayName}</bdi>
        </a>
      )}{' '}
      <TimeAgo at={purge.at} translator={translator} now={now} />
      <Said text={purge.note} of={purge} translator={translator} />
    </li>
  );
}

interface DecisionLinesProps {
  readonly decisions: readonly Decision[];
  /** After it nothing is decided any more. */
  readonly purge: LogEntry | null;
  readonly frame: Frame;
}

/** Earlier decisions on a comment, newest first, each with its reason and a link to the screen of that time. */
export function DecisionLines({ decisions, purge, frame }: DecisionLinesProps) {
  const { t } = frame.translator;
  return (
    <ul class="lines">
      {purge && <Purged purge={purge} frame={frame} />}
      {decisions.map((decision) => (
        <li key={decision.id}>
          <a href={`/moderation/decisions/${decision.id}`}>{decisionText(decision, frame)}</a>{' '}
          <TimeAgo at={decision.at} translator={frame.translator} now={frame.now} />
          {decision.reason && <span class="badge">{t(`reason.${decision.reason}`)}</span>}
          {decision.undone && <span class="badge">{t('decided.undone')}</span>}
          <Said text={decision.note} of={decision} translator={frame.translator} />
        </li>
      ))}
    </ul>
  );
}
