import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

interface ConfirmProps {
  readonly frame: Frame;
  /** The path of the page, with the link's secret. */
  readonly path: string;
  /** The address that is confirmed; null once it is. */
  readonly email: string | null;
}

/** One press, since mail scanners open links. */
export function ConfirmSubscriptionPage({ frame, path, email }: ConfirmProps) {
  const { translator, site } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('newsletter.title')}>
      <div class="narrow">
        <h1>{t('newsletter.title')}</h1>
        {email === null ? (
          <>
            <DoneText text={t('newsletter.confirmed', { site: site.name })} />
            <p class="aside">
              <a href="/">{t('nav.posts')}</a>
            </p>
          </>
        ) : (
          <FormFrame action={path} translator={translator} buttons={<Submit label={t('newsletter.confirm')} />}>
            <p dir="auto">{t('newsletter.press', { site: site.name, email })}</p>
          </FormFrame>
        )}
      </div>
    </Document>
  );
}
