import { Document } from '../shell/document.tsx';
import { type FieldErrors, TextField } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { ForPage } from './for-page.tsx';

interface CodePageProps {
  readonly frame: Frame;
  readonly errors: FieldErrors;
  /** What the first step has proved; see SecondStep. */
  readonly ticket: string;
  /** The path of this forum to go to afterwards. */
  readonly next: string;
}

/** The second step of a sign-in, for a member with a second factor. */
export function CodePage({ frame, errors, ticket, next }: CodePageProps) {
  const { translator } = frame;
  const { t } = translator;
  const buttons = (
    <>
      <Submit label={t('signIn.submit')} />
      <Cancel href="/sign-in" label={t('form.cancel')} />
    </>
  );
  return (
    <Document frame={frame} title={t('factor.step')}>
      <div class="narrow">
        <h1>{t('factor.step')}</h1>
        <ForPage next={next} translator={translator} />
        <p class="lead">{t('factor.stepLead')}</p>
        <FormFrame
          action="/sign-in"
          translator={translator}
          errors={errors}
          hidden={{ ticket, next }}
          buttons={buttons}
        >
          <TextField
            name="code"
            label={t('factor.code')}
            hint={t('factor.codeHint')}
            value=""
            autocomplete="one-time-code"
            autofocus
            errors={errors}
          />
        </FormFrame>
      </div>
    </Document>
  );
}
