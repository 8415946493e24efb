import type { ConfirmedAddress, SeenLink } from '../../acts/account-links.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type FieldErrors, TextField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { MessageKey } from '../shell/i18n/translate.ts';
import { ForPage } from './for-page.tsx';
import { withNext } from './with-next.ts';

/** The mails that anybody can ask for, with the pages that ask for them. */
export const ASKED_LINKS = {
  reset: { path: '/forgot', title: 'forgot.title', intro: 'forgot.intro', sent: 'forgot.sent' },
  'sign-in': { path: '/sign-in/link', title: 'signInLink.title', intro: 'signInLink.intro', sent: 'signInLink.sent' },
} as const satisfies Readonly<
  Record<string, { readonly path: string } & Readonly<Record<string, MessageKey | string>>>
>;

export type AskedLink = keyof typeof ASKED_LINKS;

interface AskPageProps {
  readonly frame: Frame;
  readonly asked: AskedLink;
  readonly email: string;
  readonly next: string;
  readonly errors: FieldErrors;
  readonly sent: boolean;
}

/** Says the same for every address. */
export function AskForLinkPage({ frame, asked, email, next, errors, sent }: AskPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const { path, title, intro, sent: sentText } = ASKED_LINKS[asked];
  // The window of a frame waits for the mail's link, so that the session comes into that frame.
  const waits = sent && next.startsWith('/embed/sign-in?');
  return (
    <Document frame={frame} title={t(title)} scripts={waits ? ['hand-over.js'] : []}>
      <div class="narrow">
        <h1>{t(title)}</h1>
        <ForPage next={next} translator={translator} />
        {sent ? (
          <>
            <DoneText text={t(sentText)} />
            <p>
              <a href={withNext(path, next, { again: '1' })}>{t('forgot.again')}</a>
            </p>
          </>
        ) : (
          <FormFrame
            action={path}
            translator={translator}
            errors={errors}
            hidden={{ next }}
            buttons={<Submit label={t('forgot.submit')} />}
          >
            <p>{t(intro)}</p>
            <TextField
              name="email"
              type="email"
              label={t('register.email')}
              value={email}
              autocomplete="email"
              errors={errors}
            />
          </FormFrame>
        )}
        <p class="aside">
          <a href={withNext('/sign-in', next)}>{t('nav.signIn')}</a>
        </p>
      </div>
    </Document>
  );
}

export interface LinkPageProps {
  readonly frame: Frame;
  /** The path of the page, with the link's secret. */
  readonly path: string;
  /** Belongs to one showing of the form, so that a second press of its button repeats the first. */
  readonly id: string;
  readonly seen: SeenLink;
  readonly errors: FieldErrors;
}

export function ResetPage({ frame, path, id, seen, errors }: LinkPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('reset.title')}>
      <div class="narrow">
        <h1>{t('reset.title')}</h1>
        {seen.purpose === 'way-back' && <p class="lead">{t('reset.wayBack')}</p>}
        {!seen.isConfirmed && <p class="lead">{t('reset.unconfirmed')}</p>}
        <FormFrame
          action={path}
          translator={translator}
          errors={errors}
          hidden={{ id, back: seen.purpose === 'way-back' ? '1' : '' }}
          buttons={<Submit label={t('reset.submit')} />}
        >
          <p>{t('reset.intro', { handle: seen.handle })}</p>
          <TextField
            name="password"
            type="password"
            label={t('settings.password')}
            hint={t('register.passwordHint')}
            value=""
            autocomplete="new-password"
            errors={errors}
          />
        </FormFrame>
      </div>
    </Document>
  );
}

/** One press confirms: opening the page does nothing, since mail scanners open every link. */
export function ConfirmPage({ frame, path, id, seen, errors }: LinkPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const { handle, email } = seen;
  return (
    <Document frame={frame} title={t('confirm.title')}>
      <div class="narrow">
        <h1>{t('confirm.title')}</h1>
        <FormFrame
          action={path}
          translator={translator}
          errors={errors}
          hidden={{ id }}
          buttons={<Submit label={t('confirm.submit')} />}
        >
          <p>{t('confirm.press', { handle, email })}</p>
        </FormFrame>
      </div>
    </Document>
  );
}

interface ConfirmedPageProps {
  readonly frame: Frame;
  readonly confirmed: ConfirmedAddress;
  /** The comments that were written with the address before; null while their number is not known. */
  readonly earlier: number | null;
}

/** Leads to the comments of before, and back to where the member came from; by signing in where somebody else looks. */
export function ConfirmedPage({ frame, confirmed, earlier }: ConfirmedPageProps) {
  const { t } = frame.translator;
  const { memberId, handle } = confirmed;
  const isOwn = frame.member?.id === memberId;
  // The window of a frame is not the one that a mail opens.
  const next = confirmed.next.startsWith('/embed') ? '/' : confirmed.next;
  const onward = (path: string): string => (isOwn ? path : withNext('/sign-in', path));
  return (
    <Document frame={frame} title={t('confirm.title')}>
      <div class="narrow">
        <h1>{t('confirm.title')}</h1>
        <DoneText text={t('confirm.done', { handle })} />
        {earlier !== 0 && (
          <p class="lead">
            <a href={onward('/settings/comments')}>
              {earlier === null ? t('claims.title') : t('confirm.earlier', { count: earlier })}
            </a>
          </p>
        )}
        {next !== '/' && (
          <p class="buttons">
            <a class="button" href={onward(next)}>
              {t('register.goOn')}
            </a>
          </p>
        )}
        <p class="aside">
          {frame.member === null ? <a href="/sign-in">{t('nav.signIn')}</a> : <a href="/">{t('nav.posts')}</a>}
        </p>
      </div>
    </Document>
  );
}

/** All that a link tells whose work is done, whoever opens it: mails are forwarded, and lie about for years. */
export function UsedLinkPage({ frame }: { readonly frame: Frame }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('confirm.title')}>
      <div class="narrow">
        <h1>{t('confirm.title')}</h1>
        <DoneText text={t('confirm.over')} />
        <p class="aside">
          {frame.member === null ? <a href="/sign-in">{t('nav.signIn')}</a> : <a href="/">{t('nav.posts')}</a>}
        </p>
      </div>
    </Document>
  );
}

export function SignInByLinkPage({ frame, path, id, seen, errors }: LinkPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('signIn.title')}>
      <div class="narrow">
        <h1>{t('signIn.title')}</h1>
        <FormFrame
          action={path}
          translator={translator}
          errors={errors}
          hidden={{ id }}
          buttons={<Submit label={t('signIn.submit')} />}
        >
          <p>{t('signInLink.press', { handle: seen.handle })}</p>
          {seen.asksForCode && (
            <TextField
              name="code"
              label={t('signInLink.code')}
              hint={t('signInLink.codeHint')}
              value=""
              autocomplete="one-time-code"
              errors={errors}
            />
          )}
        </FormFrame>
      </div>
    </Document>
  );
}

interface RefusedLinkProps {
  readonly frame: Frame;
  readonly title: MessageKey;
  readonly reason: string;
  /** Where another link is asked for, or where `onward` leads. */
  readonly again: string;
  readonly onward?: MessageKey;
  /** Whether it may have confirmed an address long ago. */
  readonly mayBeDone?: boolean;
}

/** A link that does nothing any more, or never did. */
export function RefusedLinkPage(props: RefusedLinkProps) {
  const { frame, title, reason, again, onward = 'link.again', mayBeDone = false } = props;
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t(title)}>
      <div class="narrow">
        <h1>{t(title)}</h1>
        <p class="stop" role="alert" tabIndex={-1} autofocus>
          {reason}
        </p>
        {mayBeDone && (
          <p>
            {t('confirm.before')} <a href="/sign-in">{t('nav.signIn')}</a>
          </p>
        )}
        <p class="aside">
          <a href={again}>{t(onward)}</a>
        </p>
      </div>
    </Document>
  );
}
