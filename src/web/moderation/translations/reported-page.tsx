import type { ReportedTranslation, ReportedTranslations, TranslationComplaint } from '../../../../libs/client/index.ts';
import { postHref } from '../../shell/addresses.ts';
import { DoneText } from '../../shell/done.tsx';
import type { Frame } from '../../shell/frame.ts';
import { languageNames } from '../../shell/i18n/language-names.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { Provenance } from '../../shell/provenance.tsx';
import { RemovalFields, type TypedRemoval } from '../../shell/removal-fields.tsx';
import { shownHtml } from '../../shell/shown-html.ts';
import { StaleLine } from '../../shell/stale-line.tsx';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { ModerationPage } from '../moderation-page.tsx';
import { Said } from '../said.tsx';

interface ReportedProps {
  readonly frame: Frame;
  readonly reported: ReportedTranslations;
  readonly done: 'kept' | 'removed' | null;
  readonly refused: RefusedDecision | null;
}

/** Why the decision just made was refused, and what was typed for it. */
interface RefusedDecision {
  readonly translationId: string;
  readonly refusal: string;
  readonly removal: TypedRemoval;
}

interface EntryProps {
  readonly reported: ReportedTranslation;
  readonly frame: Frame;
}

interface DecidedProps extends EntryProps {
  /** What was typed to remove it, and refused; null for nothing. */
  readonly removal: TypedRemoval | null;
}

/** The translations that members reported, those that wait longest first, each beside its original. */
export function ReportedTranslationsPage({ frame, reported: { items, total }, done, refused }: ReportedProps) {
  const { t } = frame.translator;
  return (
    <ModerationPage frame={frame} title={t('reported.title')}>
      <h1>{t('reported.title')}</h1>
      {done !== null && <DoneText text={t(done === 'kept' ? 'reported.kept' : 'translation.taken')} />}
      {refused !== null && (
        <p class="form-error" role="alert">
          {refused.refusal}
        </p>
      )}
      {items.length === 0 ? (
        <p class="empty">{t('reported.none')}</p>
      ) : (
        <p class="hint">{t('nav.waitingTranslations', { count: total })}</p>
      )}
      <ul class="lines reported-translations">
        {items.map((one) => (
          <Entry
            key={one.translationId}
            reported={one}
            removal={refused?.translationId === one.translationId ? refused.removal : null}
            frame={frame}
          />
        ))}
      </ul>
    </ModerationPage>
  );
}

function Entry({ reported, removal, frame }: DecidedProps) {
  const { translation, reports, revision } = reported;
  const { translator } = frame;
  const { t } = translator;
  return (
    <li>
      <h2 dir="auto">{titleOf(reported, frame)}</h2>
      <ul class="lines">
        {reports.map((report) => (
          <Report
            key={`${report.by?.id} ${report.at}`}
            report={report}
            isEarlier={report.revision < revision}
            frame={frame}
          />
        ))}
      </ul>
      <div class="two-texts">
        <Original reported={reported} frame={frame} />
        <section>
          <h3>{t('translation.text')}</h3>
          {translation === null ? (
            <p class="hint">{t('reported.gone')}</p>
          ) : (
            <Translated translation={translation} reported={reported} frame={frame} />
          )}
        </section>
      </div>
      <Decision reported={reported} removal={removal} frame={frame} />
    </li>
  );
}

function titleOf({ translation }: ReportedTranslation, { translator }: Frame): string {
  const { t } = translator;
  if (translation === null) return t('translation.text');
  const name = translation.by?.displayName ?? t('comment.nameless');
  return t('translation.into', { language: languageNames(translation.language, translator), name });
}

function Report({ report, isEarlier, frame }: { report: TranslationComplaint; isEarlier: boolean; frame: Frame }) {
  const { translator, now } = frame;
  const { t } = translator;
  return (
    <li>
      <strong>{t(`reason.${report.reason}`)}</strong> <bdi>{report.by?.displayName ?? t('comment.somebody')}</bdi>{' '}
      <TimeAgo at={report.at} translator={translator} now={now} />
      {isEarlier && <span class="badge">{t(report.writtenAnew ? 'reported.anew' : 'reported.earlier')}</span>}
      <Said text={report.note} of={report} translator={translator} />
    </li>
  );
}

function Original({ reported: { comment, post }, frame: { translator } }: EntryProps) {
  const { t } = translator;
  const shown = comment ?? post;
  const html = shown?.bodyHtml ?? '';
  const href = comment ? `/comments/${comment.id}` : post && postHref(post);
  return (
    <section>
      <h3>{href === null ? t('translation.original') : <a href={href}>{t('translation.original')}</a>}</h3>
      {comment && comment.status !== 'visible' && <span class="badge waiting">{t(`status.${comment.status}`)}</span>}
      {html === '' ? (
        <p class="hint">{t('reported.unseen')}</p>
      ) : (
        <div
          class="text"
          dir="auto"
          lang={comment ? (comment.language ?? languageOf(html)) : post?.locale}
          dangerouslySetInnerHTML={shownHtml(html, { from: 3, translator })}
        />
      )}
    </section>
  );
}

function Translated({
  translation,
  reported: { comment },
  frame,
}: EntryProps & { translation: NonNullable<ReportedTranslation['translation']> }) {
  const { translator } = frame;
  const { language, title, bodyHtml, stale } = translation;
  return (
    <>
      <Provenance translation={translation} frame={frame} />
      {stale && (
        <p class="status">
          <StaleLine line={translation} {...(comment && { postedAt: comment.createdAt })} translator={translator} />
        </p>
      )}
      {title !== undefined && (
        <p class="lead" lang={language} dir="auto">
          {title}
        </p>
      )}
      <div
        class="text"
        lang={language}
        dir="auto"
        dangerouslySetInnerHTML={shownHtml(bodyHtml, { from: 3, translator })}
      />
    </>
  );
}

/** A refused decision to keep it has nothing to show again. */
function isTyped(removal: TypedRemoval | null): boolean {
  return removal !== null && (removal.reason !== '' || removal.statement !== '');
}

/** Whoever translated leaves it to another. */
function Decision({ reported: { translation, translationId, revision }, removal, frame }: DecidedProps) {
  const { translator, member } = frame;
  const { t } = translator;
  if (translation?.by != null && translation.by.id === member?.id) return <p class="notice">{t('reported.own')}</p>;
  const action = `/moderation/translations/${translationId}`;
  return (
    <div class="actions">
      <PostForm action={action}>
        <input type="hidden" name="action" value="keep" />
        <input type="hidden" name="revision" value={revision} />
        <button class="button quiet" type="submit">
          {t('reported.keep')}
        </button>
      </PostForm>
      <details open={isTyped(removal)}>
        <summary>{t('translation.remove')}</summary>
        <PostForm class="form" action={action}>
          <input type="hidden" name="action" value="remove" />
          <input type="hidden" name="revision" value={revision} />
          <RemovalFields id={translationId} typed={removal} translator={translator} />
        </PostForm>
      </details>
    </div>
  );
}
