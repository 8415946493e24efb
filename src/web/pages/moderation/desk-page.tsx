import type { Decision } from '../../../../libs/client/index.ts';
import type { Case } from '../../../views/moderation-queue/queue.query-types.ts';
import type { Frame } from '../../components/frame.ts';
import { CaseView } from '../../moderation/case.tsx';
import { decisionText } from '../../moderation/decision-lines.tsx';
import { KeysHelp } from '../../moderation/keys-help.tsx';
import { QueueList, type QueueShown, queueHref } from '../../moderation/queue-list.tsx';
import { TimeAgo } from '../../thread/time-ago.tsx';
import { ModerationPage } from './moderation-page.tsx';

/** What was ruled a moment ago, and can be taken back with one press. */
export interface JustRuled {
  readonly decisions: readonly Decision[];
  readonly bulkId: string | null;
  /** Of a stroke over many: how many were not ruled on, since somebody else was quicker or it is not allowed. */
  readonly refused: number;
}

/** Why a ruling was not accepted; with the one that came before it, if that is why. */
export interface NotRuled {
  readonly reason: string;
  readonly decision: Decision | null;
}

interface DeskProps {
  readonly frame: Frame;
  readonly shown: QueueShown;
  readonly found: Case | null;
  /** Which of the two a phone shows. */
  readonly face: 'list' | 'case';
  readonly ruled: JustRuled | null;
  readonly notRuled: NotRuled | null;
}

function Ruled({ ruled, shown, frame }: { ruled: JustRuled; shown: QueueShown; frame: Frame }) {
  const { t } = frame.translator;
  const [first] = ruled.decisions;
  const isMany = ruled.bulkId !== null;
  const action = isMany ? `/moderation/bulk/${ruled.bulkId}/undo` : `/moderation/decisions/${first?.id}/undo`;
  const canUndo = ruled.decisions.some(({ undone, undoes }) => !undone && undoes === null);
  const many = t('queue.ruled', { count: ruled.decisions.length });
  return (
    <form class="ruled" method="post" action={action} data-desk>
      <p data-say>
        {isMany ? many : first && decisionText(first, frame)}
        {ruled.refused > 0 && ` ${t('queue.refused', { count: ruled.refused })}`}
      </p>
      <input type="hidden" name="list" value={shown.list} />
      {canUndo && (
        <button class="button quiet" type="submit" data-key="u">
          {t('queue.undo')} <kbd>U</kbd>
        </button>
      )}
    </form>
  );
}

function Refusal({ notRuled: { reason, decision }, frame }: { notRuled: NotRuled; frame: Frame }) {
  return (
    <div class="form-error" role="alert" data-say>
      <p>{reason}</p>
      {decision && (
        <p>
          <a href={`/moderation/decisions/${decision.id}`}>{decisionText(decision, frame)}</a>{' '}
          <TimeAgo at={decision.at} translator={frame.translator} now={frame.now} />
        </p>
      )}
    </div>
  );
}

/** A list left, the case right; a phone shows one of them, and leads to the other. */
export function DeskPage({ frame, shown, found, face, ruled, notRuled }: DeskProps) {
  const { t } = frame.translator;
  const ids = shown.items.map(({ comment }) => comment.id);
  const at = found === null ? -1 : ids.indexOf(found.comment.id);
  const next = ids[at + 1] ?? '';
  const hidden = { list: shown.list, ...(shown.cursor === null ? {} : { cursor: shown.cursor }) };
  return (
    <ModerationPage frame={frame} title={t('queue.title')} scripts={['moderation.js']}>
      <div id="desk" class={`desk face-${face}`}>
        <QueueList shown={shown} current={found?.comment.id ?? null} frame={frame} />
        <section class="case" aria-labelledby={found ? 'case-title' : undefined}>
          <p class="back">
            <a href={queueHref(shown.list, shown.cursor)}>{t('queue.back')}</a>
          </p>
          {ruled && <Ruled ruled={ruled} shown={shown} frame={frame} />}
          {notRuled && <Refusal notRuled={notRuled} frame={frame} />}
          {found ? (
            <CaseView found={found} frame={frame} next={next} hidden={hidden} />
          ) : (
            <p class="empty">{t('queue.nothing')}</p>
          )}
        </section>
      </div>
      <p id="desk-says" class="visually-hidden" role="status" />
      <KeysHelp translator={frame.translator} />
    </ModerationPage>
  );
}
