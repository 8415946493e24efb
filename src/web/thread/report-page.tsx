import { type Comment } from '../../../libs/client/index.ts';
import { REPORT_REASONS } from '../../../libs/words/index.ts';
import { Document } from '../shell/document.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { ReportFields, type TypedReport } from '../shell/report-fields.tsx';
import { TextOfComment } from './text-of-comment.tsx';

interface ReportPageProps {
  readonly frame: Frame;
  readonly comment: Comment;
  readonly typed: TypedReport;
  readonly errors: FieldErrors;
}

/** The page to report a comment, with a reason and a note. */
export function ReportPage({ frame, comment, typed, errors }: ReportPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const buttons = (
    <>
      <Submit label={t('complain.submit')} />
      <Cancel href={`/comments/${comment.id}`} label={t('form.cancel')} />
    </>
  );
  return (
    <Document frame={frame} title={t('complain.title')}>
      <h1>{t('complain.title')}</h1>
      <FormFrame action={`/comments/${comment.id}/report`} translator={translator} errors={errors} buttons={buttons}>
        <TextOfComment comment={comment} translator={translator} />
        <p>{t('complain.text')}</p>
        <ReportFields reasons={REPORT_REASONS} typed={typed} errors={errors} translator={translator} />
      </FormFrame>
    </Document>
  );
}

/** The page after a report. */
export function ReportedPage({ frame, commentId }: { frame: Frame; commentId: string }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('complain.sent')}>
      <div role="status">
        <h1>{t('complain.sent')}</h1>
        <p class="lead">{t('complain.thanks')}</p>
      </div>
      <a class="button quiet" href={`/comments/${commentId}`}>
        {t('history.back')}
      </a>
    </Document>
  );
}
