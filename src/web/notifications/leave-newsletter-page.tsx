import { NEWSLETTER_PATH } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

interface LeaveProps {
  readonly frame: Frame;
  readonly token: string;
  readonly left: boolean;
}

/** Ends the newsletter with one press, signed out. */
export function LeaveNewsletterPage({ frame, token, left }: LeaveProps) {
  const { translator, site } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('newsletter.leaveTitle')}>
      <div class="narrow">
        <h1>{t('newsletter.leaveTitle')}</h1>
        {left ? (
          <>
            <DoneText text={t('newsletter.left')} />
            <p class="aside">
              <a href="/">{t('error.home')}</a>
            </p>
            {site.newsletter && (
              <p class="aside">
                <a href={NEWSLETTER_PATH}>{t('newsletter.submit')}</a>
              </p>
            )}
          </>
        ) : (
          <FormFrame
            action={`/leave/${token}`}
            translator={translator}
            buttons={<Submit label={t('newsletter.leave')} />}
          >
            <p dir="auto">{t('newsletter.leaveLead', { site: site.name })}</p>
          </FormFrame>
        )}
      </div>
    </Document>
  );
}
