import type { Frame } from '../../shell/frame.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { AdminPage } from '../admin-frame.tsx';

/** A place of an admin's work: its address, its name, and what is done there. */
type Step = readonly [href: string, name: MessageKey, about: MessageKey];

const STEPS: readonly Step[] = [
  ['/admin/settings', 'admin.settings', 'admin.about.settings'],
  ['/admin/members', 'admin.members', 'admin.about.members'],
  ['/write', 'nav.write', 'admin.about.write'],
  ['/moderation/queue', 'nav.moderation', 'admin.about.moderation'],
  ['/audit/events', 'nav.audit', 'admin.about.audit'],
];

/** The page that tells new admins that they are one, and what an admin needs on the first day. */
export function OverviewPage({ frame }: { readonly frame: Frame }) {
  const { t } = frame.translator;
  return (
    <AdminPage frame={frame} title={t('nav.admin')}>
      <h1>{t('admin.overview')}</h1>
      <p class="lead">{t('admin.youAreAdmin')}</p>
      <ol class="steps">
        {STEPS.map(([href, name, about]) => (
          <li key={href}>
            <a href={href}>{t(name)}</a>
            <p>{t(about)}</p>
          </li>
        ))}
      </ol>
    </AdminPage>
  );
}
