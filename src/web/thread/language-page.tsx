import type { Comment } from '../../../libs/client/index.ts';
import { NO_LANGUAGE, TEXT_LANGUAGES } from '../../../libs/words/index.ts';
import { Document } from '../shell/document.tsx';
import { type FieldErrors, SelectField } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageName } from '../shell/i18n/language-names.ts';
import { TextOfComment } from './text-of-comment.tsx';

interface LanguagePageProps {
  readonly frame: Frame;
  readonly comment: Comment;
  readonly errors: FieldErrors;
}

/** The page on which an author or a moderator says which language a comment is in. */
export function LanguagePage({ frame, comment, errors }: LanguagePageProps) {
  const { translator, site } = frame;
  const { t } = translator;
  const ofSite = TEXT_LANGUAGES.filter((code) => site.locales.some((locale) => locale === code));
  const others = TEXT_LANGUAGES.filter((code) => !ofSite.includes(code));
  const now = comment.language ?? NO_LANGUAGE;
  const optionOf = (code: string) => (
    <option key={code} value={code} selected={code === now}>
      {languageName(code, translator)}
    </option>
  );
  const buttons = (
    <>
      <Submit label={t('form.save')} />
      <Cancel href={`/comments/${comment.id}`} label={t('form.cancel')} />
    </>
  );
  return (
    <Document frame={frame} title={t('language.title')}>
      <h1>{t('language.title')}</h1>
      <FormFrame action={`/comments/${comment.id}/language`} translator={translator} errors={errors} buttons={buttons}>
        <TextOfComment comment={comment} translator={translator} />
        <SelectField name="language" label={t('footer.language')} hint={t('language.text')} errors={errors}>
          {ofSite.map(optionOf)}
          {others.map(optionOf)}
          <option value={NO_LANGUAGE} selected={now === NO_LANGUAGE}>
            {t('language.other')}
          </option>
        </SelectField>
      </FormFrame>
    </Document>
  );
}
