import type { LogEntry, Sanction } from '../../../libs/client/index.ts';
import type { RegistrationWay } from '../../../libs/words/index.ts';
import type { Invited } from '../../acts/doors.ts';
import type { PasswordStep } from '../../acts/own-account.ts';
import { DemoRoles } from '../shell/demo-bar.tsx';
import { Document, FailedSignInsText } from '../shell/document.tsx';
import { Done, type DoneAct, DoneText } from '../shell/done.tsx';
import { type FieldErrors, SelectField, TextField } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import { type Frame, mayRegister } from '../shell/frame.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';
import { LocaleOptions } from '../shell/language-form.tsx';
import { CredentialFields, NameFields } from '../shell/newcomer-fields.tsx';
import { ReadingForm } from '../shell/reading-form.tsx';
import type { RefusedForm } from '../shell/refused-form.ts';
import type { Typed } from '../shell/typed.ts';
import { type AskedProof, UnseenFields } from '../shell/unseen-fields.tsx';
import { ForPage } from './for-page.tsx';
import { namedRoles } from './named-roles.ts';
import { OwnDecisions } from './own-decisions.tsx';
import { ADDRESS_ACTS, type OwnAddress, OwnEmail } from './own-email.tsx';
import { OwnSanctions } from './own-sanctions.tsx';
import { type NamedProvider, ProviderButtons } from './provider-pages.tsx';
import { SettingsPlaces } from './settings-places.tsx';
import { withNext } from './with-next.ts';

interface FormPageProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  /** The path of this forum to go to afterwards. */
  readonly next: string;
}

interface RegisterPageProps extends FormPageProps {
  /** The signed time of the form. */
  readonly stamp: string;
  readonly proof: AskedProof | null;
  readonly registration: RegistrationWay;
  /** Null for no invitation, and for one that nobody can come with any more. */
  readonly invited: Invited | null;
  readonly providers: readonly NamedProvider[];
}

/** Where nobody can register now, the page says so in place of its form. */
export function RegisterPage(props: RegisterPageProps) {
  const { frame, next, registration, invited, providers, typed } = props;
  const { t } = frame.translator;
  const invitation = typed['invitation'] ?? '';
  const isInvited = invitation !== '';
  const stop = stopOf({ registration, isInvited, invitationOpen: invited !== null });
  return (
    <Document frame={frame} title={t('register.title')}>
      <div class="narrow">
        <h1>{t('register.title')}</h1>
        <ForPage next={next} translator={frame.translator} />
        <p class="lead">{t('register.intro')}</p>
        {registration === 'approval' && !isInvited && <p class="hint">{t('register.waits')}</p>}
        {invited !== null && stop === null && <InvitedText invited={invited} translator={frame.translator} />}
        {stop !== null ? (
          <>
            <p class="stop">{t(stop)}</p>
            {isInvited && mayRegister(frame) && (
              <p class="aside">
                <a href={withNext('/register', next)}>{t('register.without')}</a>
              </p>
            )}
          </>
        ) : (
          <>
            <RegisterForm {...props} />
            <ProviderButtons
              frame={frame}
              providers={providers}
              query={{ next: next === '/' ? '' : next, invitation }}
            />
          </>
        )}
        <p class="aside">
          {t('register.haveOne')} <a href={withNext('/sign-in', next)}>{t('nav.signIn')}</a>
        </p>
      </div>
    </Document>
  );
}

function InvitedText({ invited: { by, roles }, translator }: { invited: Invited; translator: Translator }) {
  const { t } = translator;
  const named = namedRoles(roles, translator);
  return (
    <p class="hint">
      {t('register.invited')} {by !== null && t('register.invitedBy', { by })}{' '}
      {named !== '' && t('register.invitedAs', { roles: named })}
    </p>
  );
}

/** Why nobody can register here now; null when somebody can. */
function stopOf({
  registration,
  isInvited,
  invitationOpen,
}: {
  readonly registration: RegistrationWay;
  readonly isInvited: boolean;
  readonly invitationOpen: boolean;
}): MessageKey | null {
  if (registration === 'closed') return 'error.registration_closed';
  if (isInvited) return invitationOpen ? null : 'error.invitation_invalid';
  return registration === 'invitation' ? 'error.invitation_needed' : null;
}

function RegisterForm({ frame, typed, errors, next, stamp, proof }: RegisterPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <FormFrame
      action="/register"
      translator={translator}
      errors={errors}
      hidden={{ next, id: typed['id'] ?? '', invitation: typed['invitation'] ?? '' }}
      buttons={<Submit label={t('register.submit')} />}
    >
      <NameFields {...{ frame, typed, errors }} />
      <CredentialFields {...{ frame, typed, errors }} emailHint={t('register.emailHint')} />
      <UnseenFields stamp={stamp} proof={proof} translator={translator} />
      {frame.site.pages.includes('rules') && (
        <p class="hint">
          <a href="/rules" target="_blank" rel="noopener">
            {t('register.rules')}
          </a>
        </p>
      )}
    </FormFrame>
  );
}

interface SignInPageProps extends FormPageProps {
  readonly done: DoneAct | null;
  readonly isBanned: boolean;
  /** Whether the address of the forum is one that passkeys can be made for. */
  readonly hasName: boolean;
  readonly providers: readonly NamedProvider[];
}

/** Shown by its program where the browser has passkeys. */
function PasskeyButton({ frame, next }: { readonly frame: Frame; readonly next: string }) {
  const { t } = frame.translator;
  return (
    <div class="aside" data-passkey-sign-in data-next={next} data-failed={t('passkeys.notSignedIn')} hidden>
      <p class="form-error" role="alert" hidden />
      <button class="button quiet" type="button">
        {t('passkeys.signIn')}
      </button>
    </div>
  );
}

/** For somebody who is signed in: who it is, the way on, and the way to the form. */
export function SignedInPage({ frame, next, member }: Pick<FormPageProps, 'frame' | 'next'> & SignedInMember) {
  const { t } = frame.translator;
  const other = `/sign-in?other=1${next === '/' ? '' : `&next=${encodeURIComponent(next)}`}`;
  return (
    <Document frame={frame} title={t('signIn.title')}>
      <div class="narrow">
        <h1>{t('signIn.title')}</h1>
        <ForPage next={next} translator={frame.translator} />
        <p class="lead">{t('signIn.already', { name: member.displayName, handle: member.handle })}</p>
        <p class="buttons">
          <a class="button" href={next}>
            {t('register.goOn')}
          </a>
        </p>
        <p class="aside">
          <a href={other}>{t('signIn.other')}</a>
        </p>
      </div>
    </Document>
  );
}

interface SignedInMember {
  readonly member: NonNullable<Frame['member']>;
}

/** A banned member is led to the page where the ban can be appealed. */
export function SignInPage(props: SignInPageProps) {
  const { frame, typed, errors, next, isBanned, done, hasName, providers } = props;
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('signIn.title')} scripts={['passkeys.js']}>
      <div class="narrow">
        <h1>{t('signIn.title')}</h1>
        <ForPage next={next} translator={translator} />
        <Done done={done} translator={translator} />
        {next.startsWith('/posts/') && <p class="lead">{t('signIn.toComment')}</p>}
        <FormFrame
          action="/sign-in"
          translator={translator}
          errors={errors}
          hidden={{ next }}
          buttons={<Submit label={t('signIn.submit')} />}
        >
          <TextField
            name="login"
            label={t('signIn.login')}
            value={typed['login'] ?? ''}
            autocomplete="username webauthn"
            errors={errors}
          />
          <TextField
            name="password"
            type="password"
            label={t('register.password')}
            value=""
            autocomplete="current-password"
            errors={errors}
          />
        </FormFrame>
        {hasName && <PasskeyButton frame={frame} next={next} />}
        <ProviderButtons frame={frame} providers={providers} query={{ next: next === '/' ? '' : next }} />
        <p class="aside">
          <a href={withNext('/forgot', next)}>{t('signIn.forgot')}</a>
        </p>
        <p class="aside">
          <a href={withNext('/sign-in/link', next)}>{t('signIn.byMail')}</a>
        </p>
        {mayRegister(frame) && (
          <p class="aside">
            {t('signIn.newHere')} <a href={withNext('/register', next)}>{t('register.submit')}</a>
          </p>
        )}
        {isBanned && (
          <p class="aside">
            <a href="/appeal">{t('appeal.title')}</a>
          </p>
        )}
        {frame.demo && <DemoRoles frame={frame} next={next} />}
      </div>
    </Document>
  );
}

export function SignOutPage({ frame }: { frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const buttons = (
    <>
      <Submit label={t('nav.signOut')} />
      <Cancel href="/" label={t('form.cancel')} />
    </>
  );
  return (
    <Document frame={frame} title={t('signOut.title')}>
      <h1>{t('signOut.title')}</h1>
      <FormFrame action="/sign-out" translator={translator} buttons={buttons}>
        <p>{t('signOut.text')}</p>
      </FormFrame>
    </Document>
  );
}

interface SettingsPageProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  readonly password: PasswordStep;
  /** What the form just sent has done. */
  readonly saved: 'saved' | 'unchanged' | null;
  readonly sanctions: readonly Sanction[];
  /** The newest decisions on the member's comments. */
  readonly decisions?: readonly LogEntry[];
  readonly email?: OwnAddress | null;
  /** Whether newsletters may quote the member's comments. */
  readonly mayBeQuoted?: boolean;
  /** The password, the address or the appeal that was not accepted. */
  readonly refusedForm?: RefusedForm | null;
  readonly done?: DoneAct | null;
}

/** A first password is asked for alone: after a sign-in just made, or by a mailed link. */
function NewPassword({
  frame,
  password,
  errors,
  done,
}: Pick<SettingsPageProps, 'frame' | 'password' | 'errors' | 'done'>) {
  const { translator, member } = frame;
  const { t } = translator;
  return (
    <section class="part" aria-labelledby="password-title">
      <h2 id="password-title">{t('register.password')}</h2>
      {done === 'passwordSent' && <Done done={done} translator={translator} />}
      {password === 'first-later' ? (
        <p class="notice">
          {t('settings.firstPasswordStale')} <a href="/forgot?next=%2Fsettings">{t('forgot.title')}</a>
        </p>
      ) : (
        <FormFrame
          action="/settings"
          translator={translator}
          errors={errors}
          hidden={{ act: 'password' }}
          once
          buttons={<Submit label={t('reset.submit')} />}
        >
          {/* Tells password managers whose password it is. */}
          <input type="text" hidden readOnly autocomplete="username" value={member?.handle} />
          {password === 'another' && (
            <TextField
              name="currentPassword"
              type="password"
              label={t('settings.currentPassword')}
              value=""
              autocomplete="current-password"
              errors={errors}
            />
          )}
          <TextField
            name="password"
            type="password"
            label={t('settings.password')}
            hint={t(password === 'first' ? 'settings.firstPasswordHint' : 'settings.passwordHint')}
            value=""
            autocomplete="new-password"
            errors={errors}
          />
        </FormFrame>
      )}
    </section>
  );
}

/** Whether newsletters may quote what the member writes. */
function Quoting({ isAllowed, translator }: { readonly isAllowed: boolean; readonly translator: Translator }) {
  const { t } = translator;
  return (
    <section class="part" aria-labelledby="quoting-title">
      <h2 id="quoting-title">{t('newsletter.title')}</h2>
      <FormFrame
        action="/settings"
        translator={translator}
        hidden={{ act: 'quoting' }}
        buttons={<Submit label={t('form.save')} />}
      >
        <div class="field">
          <label class="radio">
            <input
              type="checkbox"
              name="mayBeQuoted"
              value="1"
              checked={isAllowed}
              aria-describedby="may-be-quoted-hint"
            />
            {t('settings.mayBeQuoted')}
          </label>
          <p class="hint" id="may-be-quoted-hint">
            {t('settings.mayBeQuotedHint')}
          </p>
        </div>
      </FormFrame>
    </section>
  );
}

export function SettingsPage(props: SettingsPageProps) {
  const {
    frame,
    typed,
    errors,
    password,
    saved,
    sanctions,
    decisions = [],
    email = null,
    mayBeQuoted = false,
    refusedForm = null,
    done = null,
  } = props;
  const { translator, member } = frame;
  const { t } = translator;
  const of = (form: string): FieldErrors => (refusedForm?.form === form ? refusedForm.errors : {});
  return (
    <Document frame={frame} title={t('settings.title')} scripts={['once.js']}>
      <div class="narrow">
        <h1>{t('settings.title')}</h1>
        {frame.notices.failedSignIns && (
          <p class="stop" role="status">
            <FailedSignInsText failed={frame.notices.failedSignIns} translator={translator} />
          </p>
        )}
        {member && <SettingsPlaces handle={member.handle} translator={translator} />}
        <FormFrame
          action="/settings"
          translator={translator}
          errors={errors}
          buttons={<Submit label={t('form.save')} />}
        >
          {saved && <DoneText text={t(`settings.${saved}`)} />}
          <TextField
            name="displayName"
            label={t('register.displayName')}
            hint={t('register.displayNameHint')}
            value={typed['displayName'] ?? ''}
            autocomplete="name"
            errors={errors}
          />
          <SelectField name="locale" label={t('settings.language')} errors={errors}>
            <LocaleOptions chosen={typed['locale'] ?? translator.locale} />
          </SelectField>
        </FormFrame>
        <section class="part" aria-labelledby="reading-title">
          <h2 id="reading-title">{t('reads.title')}</h2>
          <ReadingForm frame={frame} next="/settings?saved=saved" />
        </section>
        <Quoting isAllowed={mayBeQuoted} translator={translator} />
        <NewPassword frame={frame} password={password} errors={of('password')} done={done} />
        {email && <OwnEmail address={email} frame={frame} refused={refusedForm} done={done} />}
        <OwnDecisions entries={decisions} frame={frame} />
        <OwnSanctions
          sanctions={sanctions}
          refused={refusedForm}
          done={ADDRESS_ACTS.includes(done) || done === 'passwordSent' ? null : done}
          frame={frame}
        />
      </div>
    </Document>
  );
}
