import type { OidcProvider } from '../../config.ts';
import { Document } from '../shell/document.tsx';
import type { FieldErrors } from '../shell/fields.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { FreshPasswordField } from '../shell/fresh-password.tsx';
import { NameFields } from '../shell/newcomer-fields.tsx';
import type { Typed } from '../shell/typed.ts';

/** A provider as pages name it. */
export type NamedProvider = Pick<OidcProvider, 'name' | 'label'>;

/** The ways in by other houses, below the form to sign in or to register. */
export function ProviderButtons(props: {
  readonly frame: Frame;
  readonly providers: readonly NamedProvider[];
  readonly query: Readonly<Record<string, string>>;
}) {
  const { frame, providers, query } = props;
  const { t } = frame.translator;
  if (providers.length === 0) return null;
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return (
    <nav class="part" aria-label={t('provider.others')}>
      <h2>{t('provider.others')}</h2>
      <ul class="button-list">
        {providers.map(({ name, label }) => (
          <li key={name}>
            <a class="button quiet" rel="nofollow" href={`/sign-in/oidc/${name}${asked === '' ? '' : `?${asked}`}`}>
              {t('provider.signIn', { name: label })}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface NewcomerPageProps {
  readonly frame: Frame;
  readonly provider: NamedProvider;
  readonly email: string | null;
  readonly typed: Typed;
  readonly errors: FieldErrors;
}

/** Asks somebody who comes by a provider for the first time how to be called. */
export function NewcomerPage({ frame, provider, email, typed, errors }: NewcomerPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const name = provider.label;
  return (
    <Document frame={frame} title={t('provider.newTitle')}>
      <div class="narrow">
        <h1>{t('provider.newTitle')}</h1>
        <p class="lead">{t('provider.newText', { name })}</p>
        {email !== null && (
          <p class="given">
            {t('register.email')}: <bdi>{email}</bdi>
            <br />
            {t('provider.newMailed')}
          </p>
        )}
        {errors['email'] !== undefined && (
          <p class="field-error" role="alert">
            {errors['email']}
          </p>
        )}
        <FormFrame
          action={`/sign-in/oidc/${provider.name}/new`}
          translator={translator}
          errors={errors}
          buttons={<Submit label={t('register.submit')} />}
        >
          <NameFields {...{ frame, typed, errors }} />
        </FormFrame>
        <p class="aside">
          {t('provider.newHave', { name })} <a href="/sign-in">{t('nav.signIn')}</a>
        </p>
      </div>
    </Document>
  );
}

const ACTS = {
  link: { title: 'provider.linkTitle', text: 'provider.linkText', submit: 'provider.linkSubmit' },
  unlink: { title: 'provider.unlinkTitle', text: 'provider.unlinkText', submit: 'provider.unlinkSubmit' },
} as const;

/** Asks a member before a provider is linked to its account, or unlinked. */
export function ProviderPage(props: {
  readonly frame: Frame;
  readonly provider: NamedProvider;
  /** The person at the provider who is to be linked; null to unlink the one who is. */
  readonly who: string | null;
  /** Whether the change asks for the password, since the sign-in was long ago. */
  readonly asksPassword: boolean;
  readonly errors: FieldErrors;
}) {
  const { frame, provider, who, asksPassword, errors } = props;
  const { translator } = frame;
  const { t } = translator;
  const act = who === null ? 'unlink' : 'link';
  const name = provider.label;
  const buttons = (
    <>
      <Submit label={t(ACTS[act].submit)} danger={act === 'unlink'} />
      <Cancel href="/settings/sign-in" label={t('form.cancel')} />
    </>
  );
  return (
    <Document frame={frame} title={t(ACTS[act].title, { name })}>
      <div class="narrow">
        <h1>{t(ACTS[act].title, { name })}</h1>
        <FormFrame
          action={`/settings/providers/${provider.name}`}
          translator={translator}
          errors={errors}
          hidden={{ act }}
          buttons={buttons}
        >
          <p>{t(ACTS[act].text, { name, who: who ?? '' })}</p>
          <FreshPasswordField frame={frame} form={act} isAsked={asksPassword} errors={errors} />
        </FormFrame>
      </div>
    </Document>
  );
}

/** The section of the settings with the providers of the forum, and whether each is linked. */
export function ProviderSection(props: {
  readonly frame: Frame;
  readonly providers: readonly NamedProvider[];
  readonly linked: readonly string[];
}) {
  const { frame, providers, linked } = props;
  const { t } = frame.translator;
  if (providers.length === 0) return null;
  return (
    <section class="part" aria-labelledby="providers">
      <h2 id="providers">{t('provider.section')}</h2>
      <ul class="button-list">
        {providers.map(({ name, label }) => (
          <li key={name}>
            {linked.includes(name) ? (
              <a class="button quiet" href={`/settings/providers/${name}`}>
                {t('provider.unlinkTitle', { name: label })}
              </a>
            ) : (
              <a class="button quiet" rel="nofollow" href={`/sign-in/oidc/${name}?link=1`}>
                {t('provider.linkTitle', { name: label })}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
