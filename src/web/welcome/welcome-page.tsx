import { Document } from '../shell/document.tsx';
import { type FieldErrors, SelectField, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { LocaleOptions } from '../shell/language-form.tsx';
import { CredentialFields, NameFields } from '../shell/newcomer-fields.tsx';
import type { Typed } from '../shell/typed.ts';

/** Twelve letters and digits, whatever stands between them. */
const CODE_PATTERN = '[^A-Za-z0-9]*(?:[A-Za-z0-9][^A-Za-z0-9]*){12}';

interface WelcomeProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

function ForumFields({ frame, typed, errors }: WelcomeProps) {
  const { t } = frame.translator;
  return (
    <>
      <TextField
        name="founderCode"
        label={t('welcome.code')}
        hint={t('welcome.codeHint')}
        value={typed['founderCode'] ?? ''}
        pattern={CODE_PATTERN}
        title={t('welcome.codeFormat')}
        errors={errors}
      />
      <TextField name="siteName" label={t('site.name')} value={typed['siteName'] ?? ''} errors={errors} />
      <SelectField name="locale" label={t('site.defaultLocale')} errors={errors}>
        <LocaleOptions chosen={typed['locale'] ?? ''} />
      </SelectField>
    </>
  );
}

/** The page of a forum without members: its name, its language and its first admin. */
export function WelcomePage(props: WelcomeProps) {
  const { frame, typed, errors } = props;
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('welcome.title')}>
      <div class="narrow">
        <h1>{t('welcome.title')}</h1>
        <p class="lead">{t('welcome.intro')}</p>
        <FormFrame
          action="/welcome"
          translator={translator}
          errors={errors}
          hidden={{ id: typed['id'] ?? '' }}
          buttons={<Submit label={t('welcome.submit')} />}
        >
          <ForumFields {...props} />
          <h2>{t('welcome.you')}</h2>
          <NameFields {...props} />
          <CredentialFields {...props} />
        </FormFrame>
      </div>
    </Document>
  );
}

/** The ways to begin: each with the place where it is done. */
export function ChoicePage({ frame }: { readonly frame: Frame }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('welcome.begin')}>
      <h1>{t('welcome.begin')}</h1>
      <p class="lead">{t('welcome.youAreAdmin', { name: frame.site.name })}</p>
      <ul class="beginnings">
        <li>
          <h2>
            <a href="/write">{t('welcome.write')}</a>
          </h2>
          <p>{t('welcome.writeText')}</p>
        </li>
        <li>
          <h2>
            <a href="/admin/import">{t('welcome.import')}</a>
          </h2>
          <p>{t('welcome.importText')}</p>
        </li>
        <li>
          <h2>
            <a href="/admin/settings#elsewhere">{t('welcome.embed')}</a>
          </h2>
          <p>{t('welcome.embedText')}</p>
        </li>
      </ul>
      <p class="aside">
        <a href="/admin">{t('welcome.more')}</a>
      </p>
    </Document>
  );
}
