import type { Frame } from '../shell/frame.ts';

/** The matters of the text in their order; each has a title and a paragraph. */
const MATTERS = [
  'reading',
  'account',
  'writing',
  'pictures',
  'guests',
  'moderation',
  'log',
  'addresses',
  'cookies',
  'mail',
  'newsletter',
  'others',
  'rights',
] as const;

/** What this program stores and why. Each sentence states what the code does; a change of that changes the sentence. */
export function PrivacyText({ frame }: { readonly frame: Frame }) {
  const { t } = frame.translator;
  const { name, pages } = frame.site;
  return (
    <div class="text">
      <p>{t('privacy.intro', { name })}</p>
      {MATTERS.map((matter) => (
        <section key={matter}>
          <h2>{t(`privacy.title.${matter}`)}</h2>
          <p>{t(`privacy.text.${matter}`)}</p>
        </section>
      ))}
      {pages.includes('imprint') && (
        <p>
          <a href="/imprint">{t('sitepage.imprint')}</a>
        </p>
      )}
    </div>
  );
}
