import type { Translator } from '../shell/i18n/translate.ts';

/** The page of another site from whose frame the window came, by its site's name; null for ways to elsewhere. */
function siteIn(next: string): string | null {
  if (!next.startsWith('/embed/sign-in?')) return null;
  const host = new URLSearchParams(next.slice(next.indexOf('?'))).get('host') ?? '';
  return URL.parse(host)?.host || null;
}

/** For what a reader is asked to sign in, where a frame on another site's page opened the window. */
export function ForPage({ next, translator: { t } }: { readonly next: string; readonly translator: Translator }) {
  const host = siteIn(next);
  return host === null ? null : <p class="lead">{t('embed.forPage', { host })}</p>;
}
