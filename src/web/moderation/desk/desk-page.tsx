import type { Decision } from '../../../../libs/client/index.ts';
import type { Case } from '../../../views/moderation-queue/queue.query-types.ts';
import type { Frame } from '../../shell/frame.ts';
import type { Messages } from '../../shell/i18n/translate.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { ModerationPage } from '../moderation-page.tsx';
import { decisionText } from '../ruling/decision-text.ts';
import { CaseView } from './case.tsx';
import type { WrittenRuling } from './decision-form.tsx';
import { deskData } from './desk-data.ts';
import { KeysHelp } from './keys-help.tsx';
import { QueueList, type QueueShown, queueHref } from './queue-list.tsx';

/** What was ruled a moment ago, and can be taken back with one press. */
export interface JustRuled {
  readonly decisions: readonly Decision[];
  readonly bulkId: string | null;
  /** Whose comment it is, of a single ruling of one's own; null when that is not to be told. */
  readonly author: string | null;
  /** Of a stroke over many: how many were not ruled on, since somebody else was quicker or it is not allowed. */
  readonly refused: number;
}

/** Why a ruling was not accepted; with the one that came before it, if that is why. */
export interface NotRuled {
  readonly reason: string;
  readonly decision: Decision | null;
  readonly written: WrittenRuling | null;
}

interface DeskProps {
  readonly frame: Frame;
  readonly shown: QueueShown;
  readonly found: Case | null;
  /** Which of the two a phone shows. */
  readonly face: 'list' | 'case';
  readonly ruled: JustRuled | null;
  readonly notRuled: NotRuled | null;
  readonly messages: Messages;
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
        {ruled.author !== null && ` · ${t('queue.ruledOf', { name: ruled.author })}`}
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

/** How the case stood when the page was made: what differs from it later is told. */
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

/** The case that follows: one that somebody else looks at is left to them. */
function nextOf({ items }: QueueShown, found: Case | null, memberId: string | undefined): string {
  const at = items.findIndex(({ comment }) => comment.id === found?.comment.id);
  const later = items.slice(at + 1);
  const free = later.find(({ claim }) => claim === null || claim.by.id === memberId) ?? later[0];
  return free?.comment.id ?? '';
}

/** A list left, the case right; a phone shows one of them, and leads to the other. */
export function DeskPage({ frame, shown, found, face, ruled, notRuled, messages }: DeskProps) {
  const { translator, member } = frame;
  const { t } = translator;
  const next = nextOf(shown, found, member?.id);
  const hidden = { list: shown.list, ...(shown.cursor === null ? {} : { cursor: shown.cursor }) };
  const place = { 'data-list': shown.list, 'data-cursor': shown.cursor ?? '', 'data-next': shown.next ?? '' };
  const data = member && deskData({ locale: translator.locale, member: { id: member.id }, messages });
  return (
    <ModerationPage frame={frame} title={t('queue.title')} scripts={['moderation.js']} data={data ?? undefined}>
      <div id="desk" class={`desk face-${face}`} {...place}>
        <QueueList shown={shown} current={found?.comment.id ?? null} frame={frame} />
        <section class="case" aria-labelledby={found ? 'case-title' : undefined} {...stateOf(found)}>
          <p class="back">
            <a href={queueHref(shown.list, shown.cursor)}>{t('queue.back')}</a>
          </p>
          {ruled && <Ruled ruled={ruled} shown={shown} frame={frame} />}
          {notRuled && <Refusal notRuled={notRuled} frame={frame} />}
          {found ? (
            <CaseView found={found} frame={frame} next={next} hidden={hidden} written={notRuled?.written ?? null} />
          ) : (
            <p class="empty">{t('queue.nothing')}</p>
          )}
        </section>
      </div>
      <p id="desk-says" class="visually-hidden" role="status" />
      <KeysHelp translator={translator} />
      <dialog id="desk-drawer" class="drawer" aria-labelledby="drawer-title">
        <form method="dialog">
          <button class="button quiet" type="submit">
            {t('desk.closeDrawer')} <kbd>Esc</kbd>
          </button>
        </form>
        <div data-drawer />
      </dialog>
    </ModerationPage>
  );
}
