import type { TranslationText } from '../../../libs/client/index.ts';
import { TRANSLATION_REASONS } from '../../../libs/words/index.ts';
import { Document } from '../shell/document.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { Provenance } from '../shell/provenance.tsx';
import { ReportFields, type TypedReport } from '../shell/report-fields.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import type { TranslatedPlaces } from './translated-places.ts';

interface ReportTranslationProps {
  readonly frame: Frame;
  readonly translation: TranslationText;
  /** Where the translations of the text are. */
  readonly back: string;
  readonly typed: TypedReport;
  readonly errors: FieldErrors;
}

/** The page to report a translation, with a reason and a note. */
export function ReportTranslationPage({ frame, translation, back, typed, errors }: ReportTranslationProps) {
  const { translator } = frame;
  const { t } = translator;
  const buttons = (
    <>
      <Submit label={t('complain.submit')} />
      <Cancel href={`${back}#${translation.language}`} label={t('form.cancel')} />
    </>
  );
  return (
    <Document frame={frame} title={t('translation.report')}>
      <h1>{t('translation.report')}</h1>
      <FormFrame
        action={`/translations/${translation.id}/report`}
        translator={translator}
        errors={errors}
        buttons={buttons}
      >
        <Provenance translation={translation} frame={frame} />
        <blockquote class="quoted text" dir="auto" lang={translation.language}>
          {translation.title !== undefined && <p class="lead">{translation.title}</p>}
          <div dangerouslySetInnerHTML={shownHtml(translation.bodyHtml, { from: 2, translator })} />
        </blockquote>
        <p>{t('translation.reportText')}</p>
        <ReportFields reasons={TRANSLATION_REASONS} typed={typed} errors={errors} translator={translator} />
      </FormFrame>
    </Document>
  );
}

/** The page after a report; null places where the text is gone meanwhile. */
export function ReportedTranslationPage({ frame, places }: { frame: Frame; places: TranslatedPlaces | null }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('complain.sent')}>
      <div role="status">
        <h1>{t('complain.sent')}</h1>
        <p class="lead">{t('complain.thanks')}</p>
      </div>
      {places !== null && (
        <p class="buttons">
          <a class="button quiet" href={places.back}>
            {t(places.kind === 'comment' ? 'history.back' : 'translation.backPost')}
          </a>
          <a class="button quiet" href={places.form}>
            {t('translation.all')}
          </a>
        </p>
      )}
    </Document>
  );
}
