import type { DomainError } from '../../../libs/kernel/index.ts';
import { Document } from './document.tsx';
import { errorWords } from './error-words.ts';
import { TextArea } from './fields.tsx';
import { FormFrame } from './form-frame.tsx';
import type { Frame } from './frame.ts';
import { reasonOf } from './refusal-messages.ts';

/** The further fields of a post, which its writer should also see before sending it again. */
const FIELDS_OF_POSTS = [
  ['title', 'write.postTitle'],
  ['excerpt', 'write.excerpt'],
  ['tags', 'write.tags'],
] as const;

interface UnsentPageProps {
  readonly frame: Frame;
  readonly refusal: DomainError;
  /** The address that the form was sent to. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * A form that came without a session (it ended while its writer was writing), to be sent again once the writer has
 * signed in. Signing in opens another tab, so that nothing typed is lost.
 */
export function UnsentPage({ frame, refusal, action, fields }: UnsentPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const { title } = errorWords(refusal, translator);
  const { body = '', ...others } = fields;
  const shown = FIELDS_OF_POSTS.filter(([name]) => others[name] !== undefined);
  const hidden = Object.fromEntries(Object.entries(others).filter(([name]) => !shown.some(([one]) => one === name)));
  const buttons = (
    <>
      <a class="button" href="/sign-in" target="_blank" rel="noopener">
        {t('nav.signIn')}
      </a>
      <button class="button quiet" type="submit">
        {t('error.again')}
      </button>
    </>
  );
  return (
    <Document frame={frame} title={title}>
      <h1>{title}</h1>
      <FormFrame
        action={action}
        translator={translator}
        errors={{ '': reasonOf(refusal, translator) }}
        hidden={hidden}
        buttons={buttons}
      >
        {shown.map(([name, label]) => (
          <TextArea
            key={name}
            name={name}
            label={t(label)}
            value={others[name] ?? ''}
            rows={1}
            required={false}
            errors={{}}
          />
        ))}
        <TextArea name="body" label={t('form.edit')} value={body} rows={8} errors={{}} />
      </FormFrame>
    </Document>
  );
}
