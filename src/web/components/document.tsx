import type { ComponentChildren } from 'preact';
import { directionOf } from '../i18n/locales.ts';
import { DemoBar } from './demo-bar.tsx';
import type { Frame } from './frame.ts';
import { mayEditPosts } from './frame.ts';
import { LanguageForm } from './language-form.tsx';

const SITE_NAME = 'Colloquy';

interface DocumentProps {
  readonly frame: Frame;
  /** Null on the home page, which is called like the site. */
  readonly title: string | null;
  readonly description?: string | undefined;
  /** Browser programs, by their plain names. */
  readonly scripts?: readonly string[];
  /** Plain data for them; never executed. */
  readonly data?: object | undefined;
  readonly skipTo?: { readonly href: string; readonly label: string } | undefined;
  readonly children: ComponentChildren;
}

function Navigation({ frame }: { frame: Frame }) {
  const { t } = frame.translator;
  const path = frame.here.split('?')[0] ?? '/';
  const link = (href: string, label: string) => (
    <a href={href} aria-current={path === href ? 'page' : undefined}>
      {label}
    </a>
  );
  return (
    <nav aria-label={t('nav.main')}>
      {link('/', t('nav.posts'))}
      {link('/archive', t('nav.archive'))}
      {mayEditPosts(frame.member) && link('/write', t('nav.write'))}
    </nav>
  );
}

function Account({ frame }: { frame: Frame }) {
  const { member, translator, here } = frame;
  const { t } = translator;
  const onFormPage = /^\/(sign-in|sign-out|register)\b/.test(here);
  const next = onFormPage ? '' : `?next=${encodeURIComponent(here)}`;
  return (
    <nav class="account" aria-label={t('nav.account')}>
      {member ? (
        <>
          <a class="me" href={`/members/${encodeURIComponent(member.handle)}`}>
            <bdi>{member.displayName}</bdi>
          </a>
          <a href="/settings">{t('nav.settings')}</a>
          <a href="/sign-out">{t('nav.signOut')}</a>
        </>
      ) : (
        <>
          <a href={`/sign-in${next}`}>{t('nav.signIn')}</a>
          <a href={`/register${next}`}>{t('nav.register')}</a>
        </>
      )}
    </nav>
  );
}

/** `<` is escaped, so that no text in the data can end the element. */
function Data({ id, data }: { id: string; data: object }) {
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  return <script type="application/json" id={id} dangerouslySetInnerHTML={{ __html: json }} />;
}

function Head({ frame, title, description, scripts = [] }: Omit<DocumentProps, 'children'>) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{title === null ? SITE_NAME : `${title} · ${SITE_NAME}`}</title>
      {description && <meta name="description" content={description} />}
      <link rel="stylesheet" href={frame.asset('site.css')} />
      <link rel="icon" type="image/svg+xml" href={frame.asset('icon.svg')} />
      {['page.js', ...scripts].map((name) => (
        <script key={name} type="module" src={frame.asset(name)} />
      ))}
      {scripts.flatMap(frame.imports).map((address) => (
        <link key={address} rel="modulepreload" href={address} />
      ))}
    </head>
  );
}

/** A whole page: head, column, foot. */
export function Document(props: DocumentProps) {
  const { frame, data, skipTo, children } = props;
  const { t, locale } = frame.translator;
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <Head {...props} />
      <body>
        <a class="skip" href="#main">
          {t('nav.skip')}
        </a>
        {skipTo && (
          <a class="skip" href={skipTo.href}>
            {skipTo.label}
          </a>
        )}
        {frame.demo && <DemoBar frame={frame} />}
        <header class="site-head">
          <div class="column">
            <a class="site-name" href="/">
              {SITE_NAME}
            </a>
            <Navigation frame={frame} />
            <Account frame={frame} />
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          <div class="column">{children}</div>
        </main>
        <footer class="site-foot">
          <div class="column">
            <LanguageForm frame={frame} />
          </div>
        </footer>
        <Data id="time-words" data={frame.timeWords} />
        {data && <Data id="page-data" data={data} />}
      </body>
    </html>
  );
}
