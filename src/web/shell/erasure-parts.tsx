import { ERASED_COMMENTS } from '../../../libs/words/index.ts';
import type { Translator } from './i18n/translate.ts';

/** What goes and what stays, before anybody presses. */
export function WhatGoes({ translator: { t } }: { readonly translator: Translator }) {
  return (
    <dl class="erasure">
      <dt>{t('erase.goes')}</dt>
      <dd>{t('erase.goesText')}</dd>
      <dt>{t('erase.stays')}</dt>
      <dd>{t('erase.staysText')}</dd>
    </dl>
  );
}

/** Whether the comments stay without a name. Nothing is chosen before somebody chooses. */
export function CommentsChoice({ translator: { t } }: { readonly translator: Translator }) {
  return (
    <fieldset>
      <legend>{t('erase.comments')}</legend>
      {ERASED_COMMENTS.map((what) => (
        <div key={what}>
          <label class="radio">
            <input type="radio" name="comments" value={what} required />
            {t(`erase.${what}`)}
          </label>
        </div>
      ))}
    </fieldset>
  );
}

/** Begins at once; without it, or without days to wait, the words say when. */
export function WhenItBegins({ days, translator }: { readonly days: number; readonly translator: Translator }) {
  const { t } = translator;
  if (days === 0) return <p class="hint">{t('erase.atOnce')}</p>;
  return (
    <>
      <p class="hint">{t('erase.waits', { count: days })}</p>
      <p>
        <label class="radio">
          <input type="checkbox" name="immediately" value="1" />
          {t('erase.immediately')}
        </label>
      </p>
    </>
  );
}
