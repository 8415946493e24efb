import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

interface LeavePageProps {
  readonly frame: Frame;
  readonly token: string;
  readonly isDone: boolean;
}

/** Ends mails with one press. */
export function LeavePage({ frame, token, isDone }: LeavePageProps) {
  const { translator, site } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('leave.title')}>
      <h1>{t('leave.title')}</h1>
      {isDone ? (
        <DoneText text={t('leave.done')} />
      ) : (
        <>
          <p class="lead">{t('leave.lead', { site: site.name })}</p>
          <FormFrame action={`/leave/${token}`} translator={translator} buttons={<Submit label={t('leave.submit')} />}>
            {null}
          </FormFrame>
        </>
      )}
    </Document>
  );
}
