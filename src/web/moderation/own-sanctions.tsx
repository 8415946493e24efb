import type { Sanction } from '../../../libs/client/index.ts';
import { TextArea } from '../components/fields.tsx';
import { FormFrame, Submit } from '../components/form-frame.tsx';
import type { Frame } from '../components/frame.ts';
import { TimeAgo } from '../thread/time-ago.tsx';
import { sanctionName } from './record.tsx';

/** The one appeal there is, and what came of it. */
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
    </>
  );
}

function OwnSanction({ sanction, frame }: { sanction: Sanction; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const { id, kind, inForce, acknowledged, appeal, statement, reason } = sanction;
  return (
    <li>
      <p>
        <strong>{sanctionName(sanction, frame)}</strong> <span class="badge">{t(`reason.${reason}`)}</span>{' '}
        <TimeAgo at={sanction.at} translator={translator} now={frame.now} />{' '}
        {!inForce && <span class="badge">{t('own.over')}</span>}
      </p>
      {statement && (
        <blockquote class="quoted" dir="auto">
          {statement}
        </blockquote>
      )}
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
        <details class="appeal">
          <summary>{t('own.appeal')}</summary>
          <FormFrame
            action={`/settings/sanctions/${id}/appeal`}
            translator={translator}
            buttons={<Submit label={t('appeal.submit')} />}
          >
            <TextArea name="text" label={t('appeal.text')} hint={t('appeal.once')} value="" rows={4} errors={{}} />
          </FormFrame>
        </details>
      )}
    </li>
  );
}

/** What moderators ruled on oneself, with the statement of reasons, and what can be said to it. */
export function OwnSanctions({ sanctions, frame }: { sanctions: readonly Sanction[]; frame: Frame }) {
  if (sanctions.length === 0) return null;
  return (
    <section id="sanctions" class="own-sanctions" aria-labelledby="sanctions-title">
      <h2 id="sanctions-title">{frame.translator.t('own.title')}</h2>
      <ul>
        {sanctions.map((sanction) => (
          <OwnSanction key={sanction.id} sanction={sanction} frame={frame} />
        ))}
      </ul>
    </section>
  );
}
