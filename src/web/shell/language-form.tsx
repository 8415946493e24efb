import type { Frame } from './frame.ts';
import { LOCALE_CODES, LOCALES } from './i18n/locales.ts';

/** Every language under its own name, so that people find it who cannot read the present one. */
export function LocaleOptions({ chosen }: { chosen: string }) {
  return (
    <>
      {LOCALE_CODES.map((code) => (
        <option key={code} value={code} lang={code} selected={code === chosen}>
          {LOCALES[code]}
        </option>
      ))}
    </>
  );
}

/** The language menu at the foot of every page. */
export function LanguageForm({ frame }: { frame: Frame }) {
  const { t, locale } = frame.translator;
  return (
    <form class="language-form" method="post" action="/locale">
      <input type="hidden" name="next" value={frame.here} />
      <label for="locale">{t('footer.language')}</label>
      <select id="locale" name="locale">
        <LocaleOptions chosen={locale} />
      </select>
      <button class="button quiet" type="submit">
        {t('footer.change')}
      </button>
    </form>
  );
}
