import {
  type AuthorRecord,
  type Comment,
  type MemberNote,
  type Page,
  type Report,
  type Sanction,
} from '../../../../libs/client/index.ts';
import { KEPT_STATUSES, type KeptStatus, type Membership, type Role } from '../../../../libs/words/index.ts';
import { recordHref } from '../../shell/addresses.ts';
import { Done, type DoneAct } from '../../shell/done.tsx';
import { TextArea } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { formState, type RefusedForm } from '../../shell/refused-form.ts';
import { sanctionName } from '../../shell/sanction-name.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { toldStatement } from '../../shell/told-statement.ts';
import { ModerationPage } from '../moderation-page.tsx';
import { Record } from '../record.tsx';
import { goneKey, Said } from '../said.tsx';
import { HeldRoles, mayLetIn } from './held-roles.tsx';
import { LetIn } from './let-in.tsx';
import { type AskedSanction, ConfirmSanction, SanctionForm } from './sanction-form.tsx';

type CommentReport = Report & { readonly commentId: string };

interface RecordProps {
  readonly frame: Frame;
  readonly record: AuthorRecord;
  readonly membership: Membership;
  /** Those that count once the member is let in too. */
  readonly heldRoles: readonly Role[];
  readonly comments: Page<Comment>;
  /** The status that is shown; null for all. */
  readonly status: KeptStatus | null;
  readonly reports: readonly CommentReport[];
  /** Reports about the member's own comments. */
  readonly received: readonly CommentReport[];
  readonly notes: readonly MemberNote[];
  /** The refused form of this page. */
  readonly refused: RefusedForm | null;
  /** A sanction that waits for confirmation; null when there is none. */
  readonly asked: AskedSanction | null;
  readonly done: DoneAct | null;
}

function Comments({ record, comments, status, frame }: RecordProps) {
  const { t, number } = frame.translator;
  const href = recordHref(record.member.handle);
  const link = (one: RecordProps['status'], name: string) => (
    <a
      key={name}
      href={one === null ? href : `${href}?status=${one}`}
      aria-current={one === status ? 'page' : undefined}
    >
      {name}
    </a>
  );
  return (
    <section aria-labelledby="comments-title">
      <h2 id="comments-title">{t('record.comments')}</h2>
      <nav class="sort" aria-label={t('record.comments')}>
        {link(null, t('record.all'))}
        {KEPT_STATUSES.map((one) => link(one, `${t(`status.${one}`)} ${number(record.comments[one])}`))}
      </nav>
      {comments.items.length === 0 && <p class="hint">{t('case.noEarlier')}</p>}
      <ul class="lines">
        {comments.items.map((comment) => (
          <li key={comment.id}>
            <a href={`/moderation/cases/${comment.id}`}>
              <TimeAgo at={comment.createdAt} translator={frame.translator} now={frame.now} />
            </a>
            <span class="badge">{t(`status.${comment.status}`)}</span>
            {comment.body === null ? (
              <p class="hint">{t(goneKey(comment))}</p>
            ) : (
              <p class="said" dir="auto" lang={comment.language ?? languageOf(comment.body)}>
                {comment.body.slice(0, 400)}
              </p>
            )}
          </li>
        ))}
      </ul>
      {comments.next !== null && (
        <nav class="pages" aria-label={t('queue.more')}>
          <a href={`${href}?${new URLSearchParams({ ...(status ? { status } : {}), cursor: comments.next })}`}>
            {t('queue.more')}
          </a>
        </nav>
      )}
    </section>
  );
}

/** The form to lift a sanction, with a note for the other moderators. */
function LiftForm({ sanction, record, refused, frame }: RecordProps & { sanction: Sanction }) {
  const { translator } = frame;
  const { t } = translator;
  const { typed, errors } = formState(refused, `lift ${sanction.kind}`);
  return (
    <details open={Object.keys(errors).length > 0}>
      <summary>{t('record.lift')}</summary>
      <FormFrame
        action={`${recordHref(record.member.handle)}/lift`}
        translator={translator}
        errors={errors}
        hidden={{ kind: sanction.kind }}
        buttons={<Submit label={t('record.lift')} />}
      >
        <TextArea
          name="note"
          id={`note-${sanction.id}`}
          label={t('decide.note')}
          optional={t('form.optional')}
          value={typed['note'] ?? ''}
          rows={2}
          required={false}
          errors={errors}
        />
      </FormFrame>
    </details>
  );
}

function SanctionLine(props: RecordProps & { sanction: Sanction }) {
  const { sanction, frame } = props;
  const { translator } = frame;
  const { t } = translator;
  return (
    <li>
      <strong>{sanctionName(sanction, frame)}</strong> <bdi>{sanction.by?.displayName ?? ''}</bdi>{' '}
      <TimeAgo at={sanction.at} translator={translator} now={frame.now} />
      <span class="badge">{t(`reason.${sanction.reason}`)}</span>
      {!sanction.inForce && <span class="badge">{t('own.over')}</span>}
      {sanction.appeal && <span class="badge">{t(`appealed.${sanction.appeal.outcome}`)}</span>}
      <Said text={toldStatement(sanction, frame.translator)} of={sanction} translator={frame.translator} />
      {sanction.inForce && <LiftForm {...props} />}
    </li>
  );
}

function Notes({ record, notes, refused, frame }: RecordProps) {
  const { translator } = frame;
  const { typed, errors } = formState(refused, 'note');
  const { t } = translator;
  return (
    <section aria-labelledby="notes-title">
      <h2 id="notes-title">{t('record.notes')}</h2>
      <ul class="lines">
        {notes.map((note) => (
          <li key={note.id}>
            <bdi>{note.by?.displayName ?? t('comment.somebody')}</bdi>{' '}
            <TimeAgo at={note.at} translator={translator} now={frame.now} />
            <Said text={note.text} of={note} translator={translator} />
          </li>
        ))}
      </ul>
      <FormFrame
        action={`${recordHref(record.member.handle)}/notes`}
        translator={translator}
        errors={errors}
        buttons={<Submit label={t('record.addNote')} />}
      >
        <TextArea name="text" label={t('decide.note')} value={typed['text'] ?? ''} rows={2} errors={errors} />
      </FormFrame>
    </section>
  );
}

/** The reports, each with a link to its case; `withName` shows who reported. */
function Reports({ reports, withName, frame }: { reports: readonly CommentReport[]; withName: boolean; frame: Frame }) {
  const { t } = frame.translator;
  if (reports.length === 0) return <p class="hint">{t('case.noEarlier')}</p>;
  return (
    <ul class="lines">
      {reports.map((report) => (
        <li key={`${report.commentId} ${report.by?.id}`}>
          <a href={`/moderation/cases/${report.commentId}`}>{t(`reason.${report.reason}`)}</a>{' '}
          {withName && <bdi>{report.by?.displayName ?? t('comment.somebody')}</bdi>}{' '}
          <TimeAgo at={report.at} translator={frame.translator} now={frame.now} />
          {report.outcome !== 'open' && <span class="badge">{t(`outcome.${report.outcome}`)}</span>}
          <Said text={report.note} of={report} translator={frame.translator} />
        </li>
      ))}
    </ul>
  );
}

/** "Reports made: 2 of 3 settled ones upheld" */
function accuracy({ reportsMade: { upheld, dismissed } }: AuthorRecord, { translator: { t, number } }: Frame): string {
  return `${t('record.upheld')}: ${number(upheld)} / ${number(upheld + dismissed)}`;
}

/** A member who was not let in, with the way to do it after all. */
function Refused({ record: { member }, heldRoles: roles, frame }: RecordProps) {
  const { translator } = frame;
  return (
    <>
      <p class="status held">{translator.t('record.refused')}</p>
      <HeldRoles frame={frame} roles={roles} />
      {mayLetIn({ frame, roles }) && <LetIn action={`/moderation/newcomers/${member.id}`} translator={translator} />}
    </>
  );
}

/** A member's record, with all actions of moderators. */
export function MemberRecordPage(props: RecordProps) {
  const { frame, record, membership, reports, received, refused, asked, done } = props;
  const { t } = frame.translator;
  const { member, sanctions } = record;
  return (
    <ModerationPage frame={frame} title={member.displayName}>
      <div id="record" class="record-page">
        <h1 id="record-name" dir="auto">
          {member.displayName}
        </h1>
        <p class="post-meta">
          <a href={`/members/${encodeURIComponent(member.handle)}`}>@{member.handle}</a>
        </p>
        <Done done={done} translator={frame.translator} />
        {membership === 'waiting' && (
          <p class="status held">
            {t('record.waits')} <a href="/moderation/newcomers">{t('newcomers.title')}</a>
          </p>
        )}
        {membership === 'refused' && <Refused {...props} />}
        {asked && <ConfirmSanction member={member} asked={asked} frame={frame} />}
        <div class="beside plain">
          <div>
            <Record record={record} frame={frame} />
            {sanctions.length > 0 && <h2>{t('own.title')}</h2>}
            <ul class="lines">
              {sanctions.map((sanction) => (
                <SanctionLine key={sanction.id} {...props} sanction={sanction} />
              ))}
            </ul>
            {!asked && <SanctionForm member={member} refused={refused} frame={frame} />}
            <Notes {...props} />
          </div>
          <div>
            <Comments {...props} />
            <h2>{t('record.reportsReceived')}</h2>
            <Reports reports={received} withName frame={frame} />
            <h2>{t('record.reportsMade')}</h2>
            <p class="hint">{accuracy(record, frame)}</p>
            <Reports reports={reports} withName={false} frame={frame} />
          </div>
        </div>
      </div>
    </ModerationPage>
  );
}
