import type { FrozenDecision } from '../../../../libs/client/index.ts';
import type { Frame } from '../../shell/frame.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { exactTime } from '../../shell/i18n/moments.ts';
import { shownHtml } from '../../shell/shown-html.ts';
import { decisionText } from '../decision/decision-text.ts';
import { ModerationPage } from '../moderation-page.tsx';
import { goneKey, Said } from '../said.tsx';

/** A decision with everything that was on the moderator's screen then, so that a later reader can judge it fairly. */
export function FrozenPage({ frame, decision }: { frame: Frame; decision: FrozenDecision }) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <ModerationPage frame={frame} title={t('frozen.title')}>
      <h1>{decisionText(decision, frame)}</h1>
      <div class="plain">
        <p class="notice waiting">
          {t('frozen.text')} {exactTime(decision.at, { translator, isLocal: false })} ·{' '}
          {t('case.policy', { number: decision.policyVersion })}
        </p>
        <p>
          {decision.reason && <span class="badge">{t(`reason.${decision.reason}`)}</span>}{' '}
          {t(`status.${decision.from}`)} → {t(`status.${decision.to}`)}{' '}
          {decision.undone && <span class="badge">{t('decided.undone')}</span>}
        </p>
        <Said text={decision.note} of={decision} translator={frame.translator} />
        <ol class="branch">
          {decision.surroundings.map(({ commentId, revision, author, bodyHtml, language, ...place }) => (
            <li key={commentId} class={commentId === decision.commentId ? 'around judged' : 'around'}>
              <p class="comment-head">
                <bdi>{author?.displayName ?? t('comment.nameless')}</bdi>{' '}
                <span>{t('history.version', { number: revision + 1 })}</span>
              </p>
              {bodyHtml === null ? (
                <p class="hint">{t(goneKey(place))}</p>
              ) : (
                <div
                  class="text"
                  dir="auto"
                  lang={language ?? languageOf(bodyHtml)}
                  dangerouslySetInnerHTML={shownHtml(bodyHtml, { from: 2, translator: frame.translator })}
                />
              )}
            </li>
          ))}
        </ol>
        <h2>{t('modreport.reports')}</h2>
        {decision.reports.length === 0 && <p class="hint">{t('case.noEarlier')}</p>}
        <ul class="lines">
          {decision.reports.map((report) => (
            <li key={report.by?.id}>
              <strong>{t(`reason.${report.reason}`)}</strong>{' '}
              <bdi>{report.by?.displayName ?? t('comment.somebody')}</bdi>
              <Said text={report.note} of={report} translator={frame.translator} />
            </li>
          ))}
        </ul>
        <p class="aside">
          <a href={`/moderation/cases/${decision.commentId}`}>{t('frozen.now')}</a>
        </p>
      </div>
    </ModerationPage>
  );
}
