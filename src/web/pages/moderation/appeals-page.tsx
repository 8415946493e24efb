import type { AppealCase } from '../../../views/sanctions/sanctions.query-types.ts';
import { FormFrame } from '../../components/form-frame.tsx';
import type { Frame } from '../../components/frame.ts';
import { drawerHref, sanctionName } from '../../moderation/record.tsx';
import { TimeAgo } from '../../thread/time-ago.tsx';
import { ModerationPage } from './moderation-page.tsx';

function AppealEntry({ appeal: { member, sanction }, frame }: { appeal: AppealCase; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const isOwn = sanction.by?.id === frame.member?.id;
  const buttons = (['granted', 'refused'] as const).map((outcome) => (
    <button key={outcome} class="button quiet" type="submit" name="outcome" value={outcome}>
      {t(`outcomes.${outcome}`)}
    </button>
  ));
  return (
    <li>
      <h2>
        {member ? <a href={drawerHref(member.handle)}>{member.displayName}</a> : t('comment.somebody')}:{' '}
        {sanctionName(sanction, frame)}
      </h2>
      <p class="hint">
        <bdi>{sanction.by?.displayName}</bdi> <TimeAgo at={sanction.at} translator={translator} now={frame.now} /> ·{' '}
        {t(`reason.${sanction.reason}`)}
      </p>
      <p class="said" dir="auto">
        {sanction.statement}
      </p>
      <h3>{t('appeal.text')}</h3>
      <p class="said" dir="auto">
        {sanction.appeal?.text}
      </p>
      {isOwn ? (
        <p class="notice">{t('appeals.own')}</p>
      ) : (
        <FormFrame action={`/moderation/appeals/${sanction.id}`} translator={translator} buttons={buttons}>
          <div class="field">
            <label for={`answer-${sanction.id}`}>{t('appeals.answer')}</label>
            <textarea id={`answer-${sanction.id}`} name="answer" rows={3} required dir="auto" />
          </div>
        </FormFrame>
      )}
    </li>
  );
}

/** Open appeals, oldest first; whoever ruled leaves the answer to another. */
export function AppealsPage({ frame, appeals }: { frame: Frame; appeals: readonly AppealCase[] }) {
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('appeals.title')}>
      <h1>{t('appeals.title')}</h1>
      <div class="plain">
        {appeals.length === 0 && <p class="empty">{t('appeals.empty')}</p>}
        <ul class="lines">
          {appeals.map((appeal) => (
            <AppealEntry key={appeal.sanction.id} appeal={appeal} frame={frame} />
          ))}
        </ul>
      </div>
    </ModerationPage>
  );
}
