import type { Frame } from '../../shell/frame.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { AdminPage } from '../admin-frame.tsx';

/** A place of an admin's work: its address, its name, and what is done there. */
type Step = readonly [href: string, name: MessageKey, about: MessageKey];

const STEPS: readonly Step[] = [
  ['/admin/settings', 'admin.settings', 'admin.about.settings'],
  ['/admin/members', 'admin.members', 'admin.about.members'],
  ['/admin/invitations', 'admin.invitations', 'admin.about.invitations'],
  ['/write', 'nav.write', 'admin.about.write'],
  ['/moderation/queue', 'nav.moderation', 'admin.about.moderation'],
  ['/audit/events', 'nav.audit', 'admin.about.audit'],
  ['/admin/outbox', 'admin.outbox', 'admin.about.outbox'],
  ['/admin/status', 'admin.status', 'admin.about.status'],
  ['/admin/import', 'admin.import', 'admin.about.import'],
  ['/admin/integrations', 'admin.integrations', 'admin.about.integrations'],
];

/** What is to be done before others come; each is true once it is. */
export interface FirstSteps {
  readonly mail: boolean;
  readonly address: boolean;
  readonly backup: boolean;
  readonly rules: boolean;
  readonly imprint: boolean;
}

const TO_DO: readonly (readonly [step: keyof FirstSteps, href: string, name: MessageKey])[] = [
  ['mail', '/admin/outbox', 'admin.first.mail'],
  ['address', '/settings#email-title', 'admin.first.address'],
  ['backup', '/admin/status', 'admin.first.backup'],
  ['rules', '/admin/settings#pages', 'admin.first.rules'],
  ['imprint', '/admin/settings#pages', 'admin.first.imprint'],
];

/** Shown until all of it is done. */
function ToDo({ frame, done }: { readonly frame: Frame; readonly done: FirstSteps }) {
  const { t } = frame.translator;
  return (
    <section class="part" aria-labelledby="to-do">
      <h2 id="to-do">{t('admin.first.title')}</h2>
      <ul class="first-steps">
        {TO_DO.map(([step, href, name]) => (
          <li key={step}>
            <strong>{t(done[step] ? 'admin.first.done' : 'admin.first.open')}</strong> <a href={href}>{t(name)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The page that tells new admins that they are one, and what an admin needs on the first day. */
export function OverviewPage({ frame, done }: { readonly frame: Frame; readonly done: FirstSteps }) {
  const { t } = frame.translator;
  return (
    <AdminPage frame={frame} title={t('nav.admin')}>
      <h1>{t('admin.overview')}</h1>
      <p class="lead">{t('admin.youAreAdmin')}</p>
      {TO_DO.some(([step]) => !done[step]) && <ToDo frame={frame} done={done} />}
      <section class="part" aria-labelledby="places">
        <h2 id="places">{t('admin.places')}</h2>
        <ol class="steps">
          {STEPS.map(([href, name, about]) => (
            <li key={href}>
              <a href={href}>{t(name)}</a>
              <p>{t(about)}</p>
            </li>
          ))}
        </ol>
      </section>
    </AdminPage>
  );
}
