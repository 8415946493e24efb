import type { Translator } from './i18n/translate.ts';

/** Why nobody can sign in here; shown by the frame's program, which finds that out. */
export function NotKept({ inForum, translator: { t } }: { readonly inForum: string; readonly translator: Translator }) {
  return (
    <>
      <p id="not-kept" role="alert" hidden>
        {t('embed.notKept')} <a href={inForum}>{t('embed.openThere')}</a>
      </p>
      <p id="host-insecure" role="alert" hidden>
        {t('embed.hostInsecure')} <a href={inForum}>{t('embed.openThere')}</a>
      </p>
    </>
  );
}
