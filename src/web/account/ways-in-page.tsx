import type { Passkey } from '../../../libs/client/index.ts';
import { RECOVERY_CODES, TEXT_LIMITS } from '../../../libs/words/index.ts';
import type { WaysIn } from '../../views/ways-in/ways-in.query-types.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import { TextField } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { FreshPasswordField } from '../shell/fresh-password.tsx';
import { formState, type RefusedForm } from '../shell/refused-form.ts';
import { TimeAgo } from '../shell/time-ago.tsx';
import { type NamedProvider, ProviderSection } from './provider-pages.tsx';
import { QrCode } from './qr-code.tsx';

export interface WaysInPageProps {
  readonly frame: Frame;
  readonly ways: WaysIn;
  readonly providers: { readonly providers: readonly NamedProvider[]; readonly linked: readonly string[] };
  /** The secret that waits for its first code; null for none. */
  readonly offer: { readonly secret: string; readonly uri: string } | null;
  /** Whether a change asks for the password, since the sign-in was long ago. */
  readonly asksPassword: boolean;
  /** Whether the address of the forum is one that passkeys can be made for. */
  readonly hasName: boolean;
  /** The address by which this computer's own browsers find the forum; null when it has another one. */
  readonly localName: string | null;
  readonly refused: RefusedForm | null;
  readonly done: DoneAct | null;
}

function CodeField({ form, hint, props }: { form: string; hint: string; props: WaysInPageProps }) {
  const { errors } = formState(props.refused, form);
  return (
    <TextField
      name="code"
      id={`code-${form}`}
      label={props.frame.translator.t('factor.code')}
      hint={hint}
      value=""
      autocomplete="one-time-code"
      {...(form === 'confirm' ? { inputmode: 'numeric' as const } : {})}
      errors={errors}
    />
  );
}

function FactorOffer({ props, offer }: { props: WaysInPageProps; offer: NonNullable<WaysInPageProps['offer']> }) {
  const { translator } = props.frame;
  const { t } = translator;
  return (
    <>
      <p>{t('factor.scan')}</p>
      <p>
        <a class="button quiet" href={offer.uri}>
          {t('factor.openApp')}
        </a>
      </p>
      <QrCode text={offer.uri} label={t('factor.qr')} />
      <p>
        {t('factor.key')} <code class="secret">{offer.secret.replace(/.{4}(?!$)/g, '$& ')}</code>
      </p>
      <p class="buttons" data-copy-key={offer.secret} data-copied={t('recovery.copied')} hidden>
        <button class="button quiet" type="button">
          {t('factor.copyKey')}
        </button>{' '}
        <span role="status" />
      </p>
      <FormFrame
        action="/settings/sign-in/second-factor/confirm"
        translator={translator}
        errors={formState(props.refused, 'confirm').errors}
        buttons={
          <>
            <Submit label={t('factor.confirm')} />
            <Cancel href="/settings/sign-in?later=1#second-factor" label={t('form.cancel')} />
          </>
        }
      >
        <CodeField form="confirm" hint={t('factor.firstHint')} props={props} />
      </FormFrame>
    </>
  );
}

function FactorOff({ props }: { props: WaysInPageProps }) {
  const { offer, refused, frame } = props;
  const { translator } = frame;
  const { t } = translator;
  if (offer !== null) return <FactorOffer props={props} offer={offer} />;
  return (
    <FormFrame
      action="/settings/sign-in/second-factor"
      translator={translator}
      errors={formState(refused, 'factor').errors}
      buttons={<Submit label={t('factor.begin')} />}
    >
      <FreshPasswordField
        frame={props.frame}
        form="factor"
        act={t('factor.begin')}
        isAsked={props.asksPassword}
        errors={formState(props.refused, 'factor').errors}
      />
    </FormFrame>
  );
}

function FactorOn({ props, factor }: { props: WaysInPageProps; factor: NonNullable<WaysIn['secondFactor']> }) {
  const { refused, frame } = props;
  const { translator } = frame;
  const { t } = translator;
  const isOpen = (form: string): boolean => refused?.form === form;
  return (
    <>
      <p>
        {t('factor.on')} <TimeAgo at={factor.turnedOnAt} translator={translator} now={frame.now} />
      </p>
      <p class={factor.recoveryCodesLeft > RECOVERY_CODES / 3 ? undefined : 'stop'}>
        {t('factor.left', { count: factor.recoveryCodesLeft })}
      </p>
      <details open={isOpen('codes')}>
        <summary>{t('factor.newCodes')}</summary>
        <FormFrame
          action="/settings/sign-in/second-factor/confirm"
          translator={translator}
          errors={formState(refused, 'codes').errors}
          hidden={{ form: 'codes' }}
          buttons={<Submit label={t('factor.newCodes')} />}
        >
          <CodeField form="codes" hint={t('factor.codeHint')} props={props} />
        </FormFrame>
      </details>
      <details open={isOpen('off')}>
        <summary>{t('factor.turnOff')}</summary>
        <FormFrame
          action="/settings/sign-in/second-factor/off"
          translator={translator}
          errors={formState(refused, 'off').errors}
          buttons={<Submit label={t('factor.turnOff')} danger />}
        >
          <CodeField form="off" hint={t('factor.codeHint')} props={props} />
        </FormFrame>
      </details>
    </>
  );
}

function OwnPasskey({ passkey, props }: { passkey: Passkey; props: WaysInPageProps }) {
  const { id, name, createdAt } = passkey;
  const { translator, now } = props.frame;
  const { t } = translator;
  return (
    <li class="entry">
      <div>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <p class="hint">
          {t('passkeys.added')} <TimeAgo at={createdAt} translator={translator} now={now} />
        </p>
      </div>
      <FormFrame
        action={`/settings/sign-in/passkeys/${id}/remove`}
        translator={translator}
        errors={formState(props.refused, id).errors}
        buttons={
          <button class="button quiet" type="submit" aria-label={`${t('passkeys.remove')}: ${name}`}>
            {t('passkeys.remove')}
          </button>
        }
      >
        <FreshPasswordField
          frame={props.frame}
          form={id}
          act={`${t('passkeys.remove')}: ${name}`}
          isAsked={props.asksPassword}
          errors={formState(props.refused, id).errors}
        />
      </FormFrame>
    </li>
  );
}

/** Only a browser program can add one, so the form stands there for it and says so without. */
function AddPasskey({ props }: { props: WaysInPageProps }) {
  const { t } = props.frame.translator;
  if (!props.hasName) {
    const { localName } = props;
    return (
      <p class="notice">
        {t('passkeys.needsName')}
        {localName !== null && (
          <>
            {' '}
            {t('passkeys.openAs')} <a href={`${localName}/settings/sign-in`}>{localName}</a>
          </>
        )}
      </p>
    );
  }
  return (
    <>
      <noscript>
        <p class="notice">{t('passkeys.needsScript')}</p>
      </noscript>
      <form
        class="form"
        data-add-passkey={props.frame.member?.id}
        data-failed={t('passkeys.failed')}
        data-known={t('passkeys.known')}
        data-wrong-password={t('field.password')}
        hidden
      >
        <p class="form-error" role="alert" hidden />
        <div class="field">
          <label for="passkey-name">{t('passkeys.name')}</label>
          <input id="passkey-name" name="name" type="text" dir="auto" maxLength={TEXT_LIMITS.passkeyName.max} />
          <p class="hint">{t('passkeys.nameHint')}</p>
        </div>
        <FreshPasswordField
          frame={props.frame}
          form="passkey"
          act={t('passkeys.add')}
          isAsked={props.asksPassword}
          errors={formState(props.refused, 'passkey').errors}
        />
        <div class="buttons">
          <Submit label={t('passkeys.add')} />
        </div>
      </form>
    </>
  );
}

/** How the member signs in: second factor and passkeys. */
export function WaysInPage(props: WaysInPageProps) {
  const { frame, ways, done } = props;
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('ways.title')} styles={['account.css']} scripts={['passkeys.js', 'recovery.js']}>
      <h1>{t('ways.title')}</h1>
      <Done done={done} translator={frame.translator} />
      <section aria-labelledby="passkeys">
        <h2 id="passkeys">{t('passkeys.title')}</h2>
        <p>{t('passkeys.why')}</p>
        {ways.passkeys.length > 0 && (
          <ul class="entries">
            {ways.passkeys.map((passkey) => (
              <OwnPasskey key={passkey.id} passkey={passkey} props={props} />
            ))}
          </ul>
        )}
        <AddPasskey props={props} />
      </section>
      <section aria-labelledby="second-factor">
        <h2 id="second-factor">{t('factor.title')}</h2>
        <p>{t('factor.why')}</p>
        {ways.secondFactor === null ? (
          <FactorOff props={props} />
        ) : (
          <FactorOn props={props} factor={ways.secondFactor} />
        )}
      </section>
      <ProviderSection frame={frame} {...props.providers} />
      <p class="aside">
        <a href="/settings">{t('nav.settings')}</a> · <a href="/settings/devices">{t('devices.title')}</a>
      </p>
    </Document>
  );
}

/** The recovery codes, which no page shows again. */
export function RecoveryCodesPage({ frame, codes }: { frame: Frame; codes: readonly string[] }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('recovery.title')} styles={['account.css']} scripts={['recovery.js']}>
      <div class="narrow">
        <h1>{t('recovery.title')}</h1>
        <p class="saved" role="status" tabIndex={-1} autofocus>
          {t('recovery.lead')}
        </p>
        <ol class="recovery-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div class="buttons" data-recovery data-copied={t('recovery.copied')} data-file="recovery-codes.txt" hidden>
          <button class="button quiet" type="button" data-copy>
            {t('recovery.copy')}
          </button>
          <button class="button quiet" type="button" data-save>
            {t('recovery.save')}
          </button>
          <span role="status" />
        </div>
        <p>
          <a class="button" href="/settings/sign-in">
            {t('recovery.kept')}
          </a>
        </p>
      </div>
    </Document>
  );
}
