import type { Decision } from '../../../../libs/client/index.ts';
import type { Frame } from '../../shell/frame.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { decisionText } from '../decision/decision-text.ts';
import { Said } from '../said.tsx';

/** Earlier decisions on a comment, newest first, each with its reason and a link to the screen of that time. */
export function DecisionLines({ decisions, frame }: { decisions: readonly Decision[]; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <ul class="lines">
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
