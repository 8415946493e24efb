import type { Translator } from '../shell/i18n/translate.ts';

/** The pages of the settings, one below the other. */
export function SettingsPlaces({ handle, translator }: { readonly handle: string; readonly translator: Translator }) {
  const { t } = translator;
  const places = [
    ['/settings/sign-in', 'ways.title'],
    ['/settings/devices', 'devices.title'],
    ['/settings/notifications', 'nav.notifications'],
    ['/drafts', 'drafts.title'],
    ['/bookmarks', 'bookmarks.title'],
    ['/settings/images', 'images.title'],
    ['/settings/attention', 'attention.title'],
    ['/settings/data', 'data.title'],
    ['/settings/comments', 'claims.title'],
    [`/members/${encodeURIComponent(handle)}`, 'settings.profile'],
  ] as const;
  return (
    <nav aria-label={t('settings.title')}>
      <ul class="places">
        {places.map(([href, name]) => (
          <li key={href}>
            <a href={href}>{t(name)}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
