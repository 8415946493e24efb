import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type FieldErrors, TextArea, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

interface AppealPageProps {
  readonly frame: Frame;
  readonly login: string;
  readonly text: string;
  readonly errors: FieldErrors;
  readonly sent: boolean;
}

/** For banned members, who cannot sign in and are known by their password alone. */
export function AppealPage({ frame, login, text, errors, sent }: AppealPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('appeal.title')}>
      <div class="narrow">
        <h1>{t('appeal.title')}</h1>
        {sent ? (
          <DoneText text={t('appealed.open')} />
        ) : (
          <FormFrame
            action="/appeal"
            translator={translator}
            errors={errors}
            buttons={<Submit label={t('appeal.submit')} />}
          >
            <p>{t('appeal.banned')}</p>
            <TextField name="login" label={t('signIn.login')} value={login} autocomplete="username" errors={errors} />
            <TextField
              name="password"
              type="password"
              label={t('register.password')}
              value=""
              autocomplete="current-password"
              errors={errors}
            />
            <TextArea
              name="text"
              label={t('appeal.text')}
              hint={t('appeal.once')}
              value={text}
              rows={6}
              errors={errors}
            />
          </FormFrame>
        )}
      </div>
    </Document>
  );
}
