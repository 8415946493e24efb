import type { Frame } from './frame.ts';
import { LOCALE_CODES, LOCALES, type Locale } from './i18n/locales.ts';
import { PostForm } from './post-form.tsx';

/** Every language under its own name, so that people find it who cannot read the present one. */
export function LocaleOptions({ chosen, of = LOCALE_CODES }: { chosen: string; of?: readonly Locale[] }) {
  return (
    <>
      {of.map((code) => (
        <option key={code} value={code} lang={code} selected={code === chosen}>
          {LOCALES[code]}
        </option>
      ))}
    </>
  );
}

/** The language menu at the foot of every page; none where there is one language. */
export function LanguageForm({ frame }: { frame: Frame }) {
  const { t, locale } = frame.translator;
  if (frame.site.locales.length < 2) return null;
  return (
    <PostForm class="language-form" action="/locale">
      <input type="hidden" name="next" value={frame.here} />
      <label for="locale">{t('footer.language')}</label>
      <select id="locale" name="locale">
        <LocaleOptions chosen={locale} of={frame.site.locales} />
      </select>
      <button class="button quiet" type="submit">
        {t('footer.change')}
      </button>
    </PostForm>
  );
}
