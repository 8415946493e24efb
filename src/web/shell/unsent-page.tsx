import type { DomainError } from '../../../libs/kernel/index.ts';
import { SITE_PAGES } from '../../../libs/words/index.ts';
import { Document } from './document.tsx';
import { errorWords } from './error-words.ts';
import { TextArea } from './fields.tsx';
import { FormFrame } from './form-frame.tsx';
import type { Frame } from './frame.ts';
import type { MessageKey } from './i18n/translate.ts';
import { reasonOf } from './refusal-messages.ts';

const OF_SITES = ['tagline', 'menu', 'embedOrigins', 'siteNames', 'pageAliases', 'pageQueries'] as const;
/** The fields in which people write, which they should see before sending them again, with their labels. */
const WORDS: ReadonlyMap<string, MessageKey> = new Map<string, MessageKey>([
  ['title', 'write.postTitle'],
  ['excerpt', 'write.excerpt'],
  ['tags', 'write.tags'],
  ['sites', 'import.sites'],
  ['displayName', 'register.displayName'],
  ...OF_SITES.map((name) => [name, `site.${name}`] as const),
  ...['note', 'reason', 'text', 'answer', 'statement', 'body'].map((name) => [name, 'form.edit'] as const),
  ...SITE_PAGES.map((page) => [page, `sitepage.${page}`] as const),
]);
const LONG: ReadonlySet<string> = new Set(['body', 'text', ...SITE_PAGES]);
const rowsOf = (name: string): number => (LONG.has(name) ? 8 : 1);

/** Whether somebody wrote something in a form that was refused. */
export function holdsWords(fields: Readonly<Record<string, string>> | undefined): boolean {
  return Object.entries(fields ?? {}).some(([name, value]) => WORDS.has(name) && value.trim() !== '');
}

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
  const shown = [...WORDS].filter(([name]) => fields[name] !== undefined);
  const hidden = Object.fromEntries(Object.entries(fields).filter(([name]) => !WORDS.has(name)));
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
            value={fields[name] ?? ''}
            rows={rowsOf(name)}
            required={name === 'body'}
            errors={{}}
          />
        ))}
      </FormFrame>
    </Document>
  );
}
