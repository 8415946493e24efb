import type { Decision, LogEntry } from '../../../../libs/client/index.ts';
import type { Case } from '../../../views/moderation-queue/queue.query-types.ts';
import type { Frame } from '../../shell/frame.ts';
import type { Messages } from '../../shell/i18n/translate.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { decisionText } from '../decision/decision-text.ts';
import { ModerationPage } from '../moderation-page.tsx';
import { CaseView } from './case.tsx';
import type { WrittenDecision } from './decision-form.tsx';
import { KeysHelp } from './keys-help.tsx';
import { queueData } from './queue-data.ts';
import { QueueList, type QueueShown, queueHref } from './queue-list.tsx';

/** The decision made a moment ago, which one press takes back. */
export interface JustDecided {
  readonly decisions: readonly Decision[];
  readonly bulkId: string | null;
  /** The comment's author, after a single decision of one's own; null when it must not be shown. */
  readonly author: string | null;
  /**
   * After a bulk decision: the number of comments that were left out, since another moderator was quicker or it is not
   * allowed.
   */
  readonly refused: number;
}

/** The reason why a decision was refused, with the earlier decision if that is the reason. */
export interface NotDecided {
  readonly reason: string;
  readonly decision: Decision | null;
  readonly written: WrittenDecision | null;
}

interface ScreenProps {
  readonly frame: Frame;
  readonly shown: QueueShown;
  readonly found: Case | null;
  /** Who purged its text, and why; null where nobody did. */
  readonly purge: LogEntry | null;
  /** The half that a phone shows. */
  readonly face: 'list' | 'case';
  readonly decided: JustDecided | null;
  readonly notDecided: NotDecided | null;
  readonly messages: Messages;
}

function JustDone({ decided, shown, frame }: { decided: JustDecided; shown: QueueShown; frame: Frame }) {
  const { t } = frame.translator;
  const [first] = decided.decisions;
  const isMany = decided.bulkId !== null;
  const action = isMany ? `/moderation/bulk/${decided.bulkId}/undo` : `/moderation/decisions/${first?.id}/undo`;
  const canUndo = decided.decisions.some(({ undone, undoes }) => !undone && undoes === null);
  const many = t('queue.decided', { count: decided.decisions.length });
  return (
    <PostForm class="decided" action={action} data-queue>
      <p data-say>
        {isMany ? many : first && decisionText(first, frame)}
        {decided.author !== null && ` · ${t('queue.decidedOf', { name: decided.author })}`}
        {decided.refused > 0 && ` ${t('queue.refused', { count: decided.refused })}`}
      </p>
      <input type="hidden" name="list" value={shown.list} />
      {shown.site !== null && <input type="hidden" name="site" value={shown.site} />}
      {canUndo && (
        <button class="button quiet" type="submit" data-key="u">
          {t('queue.undo')} <kbd>U</kbd>
        </button>
      )}
    </PostForm>
  );
}

function Refusal({ notDecided: { reason, decision }, frame }: { notDecided: NotDecided; frame: Frame }) {
  return (
    <div class="form-error" role="alert" tabIndex={-1} autofocus>
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

/** The state of the case when the page was made; later differences are told. */
function stateOf(found: Case | null): Readonly<Record<`data-${string}`, string | number | undefined>> {
  if (found === null) return {};
  const { comment, list, reports, decisions } = found;
  return {
    'data-case': comment.id,
    'data-list': list ?? '',
    'data-revision': comment.revision,
    'data-reports': reports.length,
    'data-decision': decisions[0]?.id ?? '',
  };
}

/** The next case; a case that another moderator looks at is left to them. */
function nextOf({ items }: QueueShown, found: Case | null, memberId: string | undefined): string {
  const at = items.findIndex(({ comment }) => comment.id === found?.comment.id);
  const later = items.slice(at + 1);
  const free = later.find(({ claim }) => claim === null || claim.by.id === memberId) ?? later[0];
  return free?.comment.id ?? '';
}

/** A list on the left, the case on the right; a phone shows one of them, with a link to the other. */
export function ModerationQueuePage(props: ScreenProps) {
  const { frame, shown, found, purge, face, decided, notDecided, messages } = props;
  const { translator, member } = frame;
  const { t } = translator;
  const next = nextOf(shown, found, member?.id);
  const hidden = {
    list: shown.list,
    ...(shown.cursor === null ? {} : { cursor: shown.cursor }),
    ...(shown.site === null ? {} : { site: shown.site }),
  };
  const place = {
    'data-list': shown.list,
    'data-cursor': shown.cursor ?? '',
    'data-next': shown.next ?? '',
    'data-site': shown.site ?? '',
  };
  const data = member && queueData({ locale: translator.locale, member: { id: member.id }, messages });
  return (
    <ModerationPage frame={frame} title={t('queue.title')} scripts={['moderation.js']} data={data ?? undefined}>
      <div id="queue" class={`queue face-${face}`} {...place}>
        <QueueList shown={shown} current={found?.comment.id ?? null} frame={frame} />
        <section class="case" aria-labelledby={found ? 'case-title' : undefined} {...stateOf(found)}>
          <p class="back">
            <a href={queueHref(shown)}>{t('queue.back')}</a>
          </p>
          {decided && <JustDone decided={decided} shown={shown} frame={frame} />}
          {notDecided && <Refusal notDecided={notDecided} frame={frame} />}
          {found ? (
            <CaseView {...{ found, frame, purge, next, hidden }} written={notDecided?.written ?? null} />
          ) : (
            <p class="empty">{t('queue.nothing')}</p>
          )}
        </section>
      </div>
      <p id="queue-says" class="visually-hidden" role="status" />
      <KeysHelp translator={translator} />
      <dialog id="member-record" class="record-dialog" aria-labelledby="record-name">
        <form method="dialog">
          <button class="button quiet" type="submit">
            {t('queue.closeRecord')} <kbd>Esc</kbd>
          </button>
        </form>
        <div data-record />
      </dialog>
    </ModerationPage>
  );
}
