import type { ComponentChildren } from 'preact';
import type { FailedSignIns } from '../../access/sign-in/guesses.ts';
import { memberHref } from './addresses.ts';
import type { AssetName } from './assets.ts';
import { DemoBar } from './demo-bar.tsx';
import { type Frame, isStaff, mayAdminister, mayAudit, mayEditPosts, mayModerate, mayRegister } from './frame.ts';
import { directionOf } from './i18n/locales.ts';
import { exactTime } from './i18n/moments.ts';
import type { Translator } from './i18n/translate.ts';
import { pageJson } from './page-json.ts';
import { DrawnFor, PostForm } from './post-form.tsx';
import { PublicHead, type PublicPage } from './public-page.tsx';
import { Brand, Foot, Logo, pageTitle } from './site-parts.tsx';
import { unreadNumber } from './unread-number.ts';
import { allWaiting, waitingWords } from './waiting-words.ts';
import { WritingStops } from './writing-stops.tsx';

interface DocumentProps {
  readonly frame: Frame;
  /** Null on the home page, which has the site's own title. */
  readonly title: string | null;
  /** The description for search engines and previews; without it the site's own is used. */
  readonly description?: string | undefined;
  /** What search engines are told; nothing of a page that is not for everybody. */
  readonly known?: PublicPage | undefined;
  /** The page of a post: it has no lists and forms of whole pages, whose style sheet would hold up its first paint. */
  readonly isOfPost?: boolean;
  /** Style sheets beside those, by their plain names. */
  readonly styles?: readonly AssetName[];
  /** The whole width of the screen instead of the reading column. */
  readonly wide?: boolean;
  /** Browser programs, by their plain names; the program of all pages loads them. */
  readonly scripts?: readonly AssetName[];
  /** Plain data for them; never executed. */
  readonly data?: object | undefined;
  readonly skipTo?: { readonly href: string; readonly label: string } | undefined;
  /** Whether the page itself tells a member who is not let in why it cannot write, or has nothing to do with writing. */
  readonly tellsMembership?: boolean;
  readonly children: ComponentChildren;
}

/** A row where there is room, and otherwise a popover behind one button, which works without a script. */
function Menu({ frame }: { frame: Frame }) {
  return (
    <>
      <button class="menu-button" type="button" popovertarget="menu">
        {frame.translator.t('nav.menu')}
        <Waiting frame={frame} />
        {frame.member && <Unread frame={frame} />}
      </button>
      <div class="menu" id="menu" popover="auto">
        <Navigation frame={frame} />
        <Account frame={frame} />
      </div>
    </>
  );
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
      <a
        class="find-link"
        href="/search"
        title={`${t('nav.search')} (/)`}
        aria-current={path === '/search' ? 'page' : undefined}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <circle cx="8.5" cy="8.5" r="5.5" />
          <path d="m13 13 5 5" />
        </svg>
        <span>{t('nav.search')}</span>
      </a>
      {frame.site.menu.map(({ label, href }) => (
        <a key={href} href={href} dir="auto">
          {label}
        </a>
      ))}
      {mayEditPosts(frame.member) && link('/write', t('nav.write'))}
      {mayModerate(frame.member) && (
        <a href="/moderation/queue" aria-current={path.startsWith('/moderation/') ? 'page' : undefined}>
          {t('nav.moderation')}
          <Waiting frame={frame} />
        </a>
      )}
      {mayAudit(frame.member) && (
        <a href="/audit/events" aria-current={path.startsWith('/audit/') ? 'page' : undefined}>
          {t('nav.audit')}
        </a>
      )}
      {mayAdminister(frame.member) && (
        <a href="/admin" aria-current={/^\/admin(\/|$)/.test(path) ? 'page' : undefined}>
          {t('nav.admin')}
        </a>
      )}
    </nav>
  );
}

/** All that waits for moderators, beside the link to it; hidden while nothing does, since the live queue counts on. */
function Waiting({ frame: { translator, notices } }: { frame: Frame }) {
  const { waiting } = notices;
  if (!waiting) return null;
  const words = waitingWords(waiting, translator);
  const [all, { newcomers, appeals }] = [allWaiting(waiting), waiting];
  return (
    <>
      {' '}
      <span class="waiting-count" title={words} data-newcomers={newcomers} data-appeals={appeals} hidden={all === 0}>
        <span aria-hidden="true">{translator.number(all)}</span>
        <span class="visually-hidden"> {words}</span>
      </span>
    </>
  );
}

/** The number of unread notifications; hidden while there is none, since a program, which one of them loads, counts on. */
function Unread({ frame: { translator, notices, asset }, counts }: { frame: Frame; counts?: true }) {
  const { unread } = notices;
  return (
    <>
      {' '}
      <span class="unread-count" hidden={unread === 0} data-late={counts && asset('told.js')}>
        <span data-number>{unreadNumber(unread, translator.digits)}</span>
        <span class="visually-hidden"> {translator.t('told.unread')}</span>
      </span>
    </>
  );
}

/** Tells staff on every page why nothing is written. */
function ReadOnly({ frame: { member, readOnly, translator } }: { frame: Frame }) {
  if (!readOnly || !isStaff(member)) return null;
  return (
    <p class="stop" role="status">
      {translator.t('stop.readOnly')}
    </p>
  );
}

/** Tells a member on every page what keeps it from writing, and what to do about it. */
function Stops({
  frame: { member, notices, translator, here },
  tellsMembership,
}: {
  frame: Frame;
  tellsMembership: boolean;
}) {
  const { t } = translator;
  const waits = member && member.membership !== 'active' && !tellsMembership && (
    <p class="stop">{t(`error.membership_${member.membership}`)}</p>
  );
  if (here.startsWith('/settings')) return waits;
  return (
    <>
      {waits}
      {notices.failedSignIns && (
        <p class="stop">
          <FailedSignInsText failed={notices.failedSignIns} translator={translator} />{' '}
          <a href="/settings">{t('nav.settings')}</a>
        </p>
      )}
      <WritingStops stops={notices.stops} translator={translator} />
    </>
  );
}

/** Loads the program by which a page of a member who waits to be let in comes again once that was decided. */
export function WaitsToBeLetIn({ frame: { member, asset } }: { readonly frame: Frame }) {
  return member?.membership === 'waiting' ? <span hidden data-late={asset('let-in.js')} /> : null;
}

export function FailedSignInsText({ failed, translator }: { failed: FailedSignIns; translator: Translator }) {
  const { count, since } = failed;
  return <>{translator.t('stop.failedSignIns', { count, time: exactTime(since, { translator, isLocal: false }) })}</>;
}

function Account({ frame }: { frame: Frame }) {
  const { member, translator, here } = frame;
  const { t } = translator;
  const onFormPage = /^\/(sign-in|sign-out|register|forgot|reset|confirm)\b/.test(here);
  const next = onFormPage ? '' : `?next=${encodeURIComponent(here)}`;
  return (
    <nav class="account" aria-label={t('nav.account')}>
      {member ? (
        <>
          <a class="me" href={memberHref(member)}>
            <bdi>{member.displayName}</bdi>
          </a>
          <a href="/notifications">
            {t('nav.notifications')}
            <Unread frame={frame} counts />
          </a>
          <a href="/settings">{t('nav.settings')}</a>
          <PostForm action="/sign-out">
            <button type="submit">{t('nav.signOut')}</button>
          </PostForm>
        </>
      ) : (
        <>
          <a href={`/sign-in${next}`}>{t('nav.signIn')}</a>
          {mayRegister(frame) && <a href={`/register${next}`}>{t('nav.register')}</a>}
        </>
      )}
    </nav>
  );
}

export function Data({ id, data }: { id: string; data: object }) {
  return <script type="application/json" id={id} dangerouslySetInnerHTML={{ __html: pageJson(data) }} />;
}

function Head({
  frame,
  title,
  description,
  known,
  isOfPost = false,
  styles = [],
  scripts = [],
}: Omit<DocumentProps, 'children'>) {
  const told = description || frame.site.description || frame.translator.t('site.description');
  const sheets: readonly AssetName[] = ['site.css', ...(isOfPost ? [] : (['pages.css'] as const)), ...styles];
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{pageTitle(title, frame.site)}</title>
      <meta name="description" content={told} />
      {sheets.map((name) => (
        <link key={name} rel="stylesheet" href={frame.asset(name)} />
      ))}
      <Brand frame={frame} />
      <link rel="manifest" href="/manifest.webmanifest" />
      {scripts.length > 0 && (
        <>
          <meta name="programs" content={scripts.map(frame.asset).join(' ')} />
          <meta name="imports" content={scripts.flatMap(frame.imports).join(' ')} />
        </>
      )}
      {/* After what the page is drawn with. */}
      {known && <PublicHead frame={frame} page={known} title={title} description={told} />}
    </head>
  );
}

/** A whole page: head, column, foot. */
export function Document(props: DocumentProps) {
  const { frame, data, skipTo, wide = false, tellsMembership = false, children } = props;
  const { t, locale } = frame.translator;
  return (
    <html lang={locale} dir={directionOf(locale)} data-now={frame.now}>
      <Head {...props} />
      <body>
        <DrawnFor.Provider value={frame.member?.id ?? null}>
          <a class="skip" href="#main">
            {t('nav.skip')}
          </a>
          {skipTo && (
            <a class="skip" href={skipTo.href}>
              {skipTo.label}
            </a>
          )}
          {frame.demo && <DemoBar frame={frame} />}
          <header class={frame.member === null ? 'site-head' : 'site-head long'}>
            <div class={wide ? 'column wide' : 'column'}>
              <a class={frame.site.logo === null ? 'site-name' : 'site-name with-logo'} href="/">
                <Logo site={frame.site} />
                <bdi>{frame.site.name}</bdi>
              </a>
              <Menu frame={frame} />
            </div>
          </header>
          <main id="main" tabIndex={-1}>
            <div class={wide ? 'column wide' : 'column'}>
              <ReadOnly frame={frame} />
              <Stops frame={frame} tellsMembership={tellsMembership} />
              <WaitsToBeLetIn frame={frame} />
              {children}
            </div>
          </main>
          <footer class="site-foot">
            <div class={wide ? 'column wide' : 'column'}>
              <Foot frame={frame} feed={props.known?.feed} />
            </div>
          </footer>
        </DrawnFor.Provider>
        <Data id="time-words" data={frame.timeWords} />
        {data && <Data id="page-data" data={data} />}
        {/* Last, so that on a slow line the style sheet comes alone: nothing is drawn without it. */}
        <script type="module" src={frame.asset('page.js')} />
      </body>
    </html>
  );
}
