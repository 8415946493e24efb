import type { ReadMail } from '../../../../libs/mail/port.ts';
import type { Frame } from '../../shell/frame.ts';
import { ExactTime } from '../../shell/told-time.tsx';
import { AdminPage } from '../admin-frame.tsx';
import { mailHref } from './outbox-page.tsx';

interface MailPageProps {
  readonly frame: Frame;
  readonly name: string;
  readonly mail: ReadMail & { readonly at: string };
}

/**
 * One mail: as it looks, in a frame that runs nothing and loads nothing, and as text. The whole message has an address of
 * its own.
 */
export function MailPage({ frame, name, mail }: MailPageProps) {
  const { t } = frame.translator;
  const { subject, from, to, at, text, html } = mail;
  return (
    <AdminPage frame={frame} title={subject === '' ? name : subject}>
      <p class="mail-link">
        <a href="/admin/outbox">{t('outbox.back')}</a>
      </p>
      <h1 dir="auto">{subject === '' ? name : subject}</h1>
      <dl class="mail-heads">
        <dt>{t('outbox.sender')}</dt>
        <dd dir="auto">{from}</dd>
        <dt>{t('outbox.to')}</dt>
        <dd dir="auto">{to}</dd>
        <dt>{t('outbox.when')}</dt>
        <dd>
          <ExactTime at={at} translator={frame.translator} />
        </dd>
      </dl>
      {html !== null && (
        <section class="part" aria-labelledby="looks">
          <h2 id="looks">{t('outbox.looks')}</h2>
          <iframe
            class="mail-frame"
            title={t('outbox.looks')}
            src={`${mailHref(name)}/html`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            referrerpolicy="no-referrer"
          />
        </section>
      )}
      <section class="part" aria-labelledby="text">
        <h2 id="text">{t('outbox.text')}</h2>
        <pre class="mail-text" dir="auto">
          {text}
        </pre>
      </section>
      <p class="mail-link">
        <a href={`${mailHref(name)}/raw`}>{t('outbox.raw')}</a>
      </p>
    </AdminPage>
  );
}
