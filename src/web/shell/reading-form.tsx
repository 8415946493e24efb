import { TEXT_LANGUAGES, TRANSLATION_PLACES } from '../../../libs/words/index.ts';
import type { FieldErrors } from './fields.tsx';
import { FormFrame, Submit } from './form-frame.tsx';
import type { Frame } from './frame.ts';
import { languageName } from './i18n/language-names.ts';

/** A reader says which languages it reads, and where it wants translations of others; the site's own languages stand first. `next` is where it leads to. */
export function ReadingForm({
  frame,
  next,
  errors = {},
}: {
  readonly frame: Frame;
  readonly next: string;
  readonly errors?: FieldErrors;
}) {
  const { translator, translationsShown } = frame;
  const { t } = translator;
  return (
    <FormFrame
      action="/languages"
      translator={translator}
      errors={errors}
      hidden={{ next }}
      buttons={<Submit label={t('form.save')} />}
    >
      <LanguagesRead frame={frame} />
      <fieldset class="radios" aria-describedby="places-hint">
        <legend>{t('reads.places')}</legend>
        {TRANSLATION_PLACES.map((place) => (
          <label key={place} class="radio">
            <input type="radio" name="translations" value={place} checked={place === translationsShown} />
            {t(`reads.${place}`)}
          </label>
        ))}
      </fieldset>
      <p class="hint" id="places-hint">
        {t('reads.placesHint')}
      </p>
    </FormFrame>
  );
}

/** The boxes of such a form. */
export function LanguagesRead({ frame: { translator, site, reads } }: { readonly frame: Frame }) {
  const { t } = translator;
  const ofSite = TEXT_LANGUAGES.filter((code) => site.locales.some((locale) => locale === code));
  const others = TEXT_LANGUAGES.filter((code) => !ofSite.includes(code));
  return (
    <>
      <fieldset class="radios languages-read">
        <legend>{t('reads.legend')}</legend>
        {[...ofSite, ...others].map((code) => (
          <label key={code} class="radio">
            <input type="checkbox" name={`reads-${code}`} value="1" checked={reads?.includes(code) ?? false} />
            {languageName(code, translator)}
          </label>
        ))}
      </fieldset>
      <p class="hint">{t('reads.hint')}</p>
    </>
  );
}
