import type { Translator } from './i18n/translate.ts';

interface NotKeptProps {
  /** Null where the discussion has no place in the forum. */
  readonly inForum: string | null;
  readonly translator: Translator;
}

/** Why nobody can sign in here; shown by the frame's program, which finds that out. */
export function NotKept({ inForum, translator: { t } }: NotKeptProps) {
  const there = inForum !== null && <a href={inForum}>{t('embed.openThere')}</a>;
  return (
    <>
      <p id="not-kept" role="alert" hidden>
        {t('embed.notKept')} {there}
      </p>
      <p id="host-insecure" role="alert" hidden>
        {t('embed.hostInsecure')} {there}
      </p>
    </>
  );
}
