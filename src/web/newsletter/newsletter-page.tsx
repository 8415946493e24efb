import { NEWSLETTER_ARCHIVE_PATH, NEWSLETTER_PATH } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type FieldErrors, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

interface NewsletterPageProps {
  readonly frame: Frame;
  readonly email: string;
  readonly errors: FieldErrors;
  /** Whether somebody has just asked for it. */
  readonly sent: boolean;
}

/** Asks for the newsletter, and says the same for every address. */
export function NewsletterPage({ frame, email, errors, sent }: NewsletterPageProps) {
  const { translator, site } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('newsletter.title')} known={{ path: NEWSLETTER_PATH }}>
      <div class="narrow">
        <h1>{t('newsletter.title')}</h1>
        {sent ? (
          <DoneText text={t('newsletter.sent')} />
        ) : (
          <FormFrame
            action={NEWSLETTER_PATH}
            translator={translator}
            errors={errors}
            buttons={<Submit label={t('newsletter.submit')} />}
          >
            <p dir="auto">{t('newsletter.lead', { site: site.name })}</p>
            <TextField
              name="email"
              type="email"
              label={t('register.email')}
              value={email}
              autocomplete="email"
              errors={errors}
            />
          </FormFrame>
        )}
        <p class="aside">
          <a href={NEWSLETTER_ARCHIVE_PATH}>{t('newsletter.archive')}</a>
        </p>
      </div>
    </Document>
  );
}
