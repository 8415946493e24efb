import type { AppealCase } from '../../../../libs/client/index.ts';
import { APPEAL_OUTCOMES } from '../../../../libs/words/index.ts';
import { recordHref } from '../../shell/addresses.ts';
import { Done, type DoneAct } from '../../shell/done.tsx';
import { TextArea } from '../../shell/fields.tsx';
import { FormFrame } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { formState, type RefusedForm } from '../../shell/refused-form.ts';
import { sanctionName } from '../../shell/sanction-name.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { toldStatement } from '../../shell/told-statement.ts';
import { ModerationPage } from '../moderation-page.tsx';
import { Said } from '../said.tsx';

interface AppealsProps {
  readonly frame: Frame;
  /** Open ones, oldest first. */
  readonly appeals: readonly AppealCase[];
  /** Newest first, 200 at most. */
  readonly decided: readonly AppealCase[];
  /** The refused answer; its form is named after the sanction. */
  readonly refused: RefusedForm | null;
  readonly done: DoneAct | null;
}

function AppealEntry({
  appeal: { member, sanction },
  refused,
  frame,
}: Pick<AppealsProps, 'frame' | 'refused'> & { appeal: AppealCase }) {
  const { typed, errors } = formState(refused, sanction.id);
  const { translator } = frame;
  const { t } = translator;
  const isOwn = sanction.by?.id === frame.member?.id;
  const buttons = APPEAL_OUTCOMES.map((outcome) => (
    <button key={outcome} class="button quiet" type="submit" name="outcome" value={outcome}>
      {t(`outcomes.${outcome}`)}
    </button>
  ));
  return (
    <li>
      <h2>
        {member ? <a href={recordHref(member.handle)}>{member.displayName}</a> : t('comment.somebody')}:{' '}
        {sanctionName(sanction, frame)}
      </h2>
      <p class="hint">
        <bdi>{sanction.by?.displayName}</bdi> <TimeAgo at={sanction.at} translator={translator} now={frame.now} /> ·{' '}
        {t(`reason.${sanction.reason}`)}
      </p>
      <Said text={toldStatement(sanction, translator)} of={sanction} translator={translator} />
      <h3>{t('appeal.text')}</h3>
      <Said text={sanction.appeal?.text ?? null} of={sanction.appeal ?? {}} translator={translator} />
      {isOwn ? (
        <p class="notice">{t('appeals.own')}</p>
      ) : (
        <FormFrame
          action={`/moderation/appeals/${sanction.id}`}
          translator={translator}
          errors={errors}
          buttons={buttons}
        >
          <TextArea
            name="answer"
            id={`answer-${sanction.id}`}
            label={t('appeals.answer')}
            value={typed['answer'] ?? ''}
            rows={3}
            errors={errors}
          />
        </FormFrame>
      )}
    </li>
  );
}

/** The appeal is no longer open: the refused answer stands here for its writer to copy. */
function Lost({ refused, frame }: { refused: RefusedForm; frame: Frame }) {
  return (
    <div class="form-error" role="alert" tabIndex={-1} autofocus>
      <p>{refused.errors[''] ?? frame.translator.t('error.invalid')}</p>
      <p class="said" dir="auto">
        {refused.typed['answer']}
      </p>
    </div>
  );
}

/** The outcome of an appeal; the log tells who decided. */
function DecidedEntry({ appeal: { member, sanction }, frame }: { appeal: AppealCase; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const { appeal } = sanction;
  if (appeal === null) return null;
  return (
    <li>
      {member ? <a href={recordHref(member.handle)}>{member.displayName}</a> : t('comment.somebody')}:{' '}
      {sanctionName(sanction, frame)}
      <span class="badge">{t(`appealed.${appeal.outcome}`)}</span>{' '}
      {appeal.decidedAt !== null && <TimeAgo at={appeal.decidedAt} translator={translator} now={frame.now} />}
      <details>
        <summary>{t('appeal.text')}</summary>
        <Said text={appeal.text} of={appeal} translator={translator} />
        <h3>{t('appeals.answer')}</h3>
        <Said text={appeal.answer} of={appeal} translator={translator} />
      </details>
    </li>
  );
}

/** The open appeals, then the decided ones; the moderator who gave a sanction leaves its appeal to another. */
export function AppealsPage(props: AppealsProps) {
  const { frame, appeals, decided, refused, done } = props;
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('appeals.title')}>
      <h1>{t('appeals.title')}</h1>
      <div class="plain">
        {refused && !appeals.some(({ sanction }) => sanction.id === refused.form) && (
          <Lost refused={refused} frame={frame} />
        )}
        <Done done={done} translator={frame.translator} />
        {appeals.length === 0 && <p class="empty">{t('appeals.empty')}</p>}
        <ul class="lines">
          {appeals.map((appeal) => (
            <AppealEntry key={appeal.sanction.id} frame={frame} refused={refused} appeal={appeal} />
          ))}
        </ul>
        {decided.length > 0 && (
          <section aria-labelledby="decided-title">
            <h2 id="decided-title">{t('appeals.decided')}</h2>
            <ul class="lines">
              {decided.map((appeal) => (
                <DecidedEntry key={appeal.sanction.id} appeal={appeal} frame={frame} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </ModerationPage>
  );
}
