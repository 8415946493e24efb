import type { Sanction } from '../../../libs/client/index.ts';
import { Done, type DoneAct } from '../shell/done.tsx';
import { TextArea } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { formState, type RefusedForm } from '../shell/refused-form.ts';
import { sanctionName } from '../shell/sanction-name.ts';
import { TimeAgo } from '../shell/time-ago.tsx';
import { toldStatement } from '../shell/told-statement.ts';

/** The one appeal of a sanction, and its outcome. */
function AppealState({ sanction: { appeal }, frame }: { sanction: Sanction; frame: Frame }) {
  const { t } = frame.translator;
  if (appeal === null) return null;
  return (
    <>
      <p class="hint">{t(`appealed.${appeal.outcome}`)}</p>
      {appeal.answer && (
        <blockquote class="quoted" dir="auto">
          {appeal.answer}
        </blockquote>
      )}
      {appeal.unreadable && <p class="hint">{t('comment.unreadable')}</p>}
    </>
  );
}

interface OwnSanctionsProps {
  readonly sanctions: readonly Sanction[];
  /** The refused appeal; its form is named after the sanction. */
  readonly refused: RefusedForm | null;
  readonly done: DoneAct | null;
  readonly frame: Frame;
}

function OwnSanction({ sanction, refused, frame }: Omit<OwnSanctionsProps, 'done'> & { sanction: Sanction }) {
  const { translator } = frame;
  const { t } = translator;
  const { id, kind, inForce, acknowledged, appeal, reason } = sanction;
  const statement = toldStatement(sanction, translator);
  const { typed, errors } = formState(refused, id);
  return (
    <li>
      <p>
        <strong>{sanctionName(sanction, frame)}</strong> <span class="badge">{t(`reason.${reason}`)}</span>{' '}
        <TimeAgo at={sanction.at} translator={translator} now={frame.now} />{' '}
        {!inForce && <span class="badge">{t('own.over')}</span>}
      </p>
      {statement ? (
        <blockquote class="quoted" dir="auto">
          {statement}
        </blockquote>
      ) : (
        !sanction.unreadable && <p>{t(`statement.${reason}`)}</p>
      )}
      {sanction.unreadable && <p class="hint">{t('comment.unreadable')}</p>}
      <AppealState sanction={sanction} frame={frame} />
      {kind === 'warning' && inForce && !acknowledged && (
        <FormFrame
          action={`/settings/sanctions/${id}/acknowledgement`}
          translator={translator}
          buttons={<Submit label={t('own.confirm')} />}
        >
          {null}
        </FormFrame>
      )}
      {inForce && appeal === null && (
        <details class="appeal" open={Object.keys(errors).length > 0}>
          <summary>{t('own.appeal')}</summary>
          <FormFrame
            action={`/settings/sanctions/${id}/appeal`}
            translator={translator}
            errors={errors}
            buttons={<Submit label={t('appeal.submit')} />}
          >
            <TextArea
              name="text"
              id={`text-${id}`}
              label={t('appeal.text')}
              hint={t('appeal.once')}
              value={typed['text'] ?? ''}
              rows={4}
              errors={errors}
            />
          </FormFrame>
        </details>
      )}
    </li>
  );
}

/** The member's own sanctions, with the statement of reasons, and the ways to answer. */
export function OwnSanctions(props: OwnSanctionsProps) {
  const { sanctions, done, frame } = props;
  if (sanctions.length === 0) return null;
  return (
    <section id="sanctions" class="own-sanctions" aria-labelledby="sanctions-title">
      <h2 id="sanctions-title">{frame.translator.t('own.title')}</h2>
      <Done done={done} translator={frame.translator} />
      <ul>
        {sanctions.map((sanction) => (
          <OwnSanction key={sanction.id} {...props} sanction={sanction} />
        ))}
      </ul>
    </section>
  );
}
