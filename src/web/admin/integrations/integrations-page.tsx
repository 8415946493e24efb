import type { ComponentChildren } from 'preact';
import type { OidcProvider } from '../../../config.ts';
import { PROVIDER_SETTINGS, SETTINGS } from '../../../config.ts';
import type { Frame } from '../../shell/frame.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { AdminPage } from '../admin-frame.tsx';

/** A provider without its secret, and whether it answers now. */
export interface ShownProvider extends Omit<OidcProvider, 'clientSecret'> {
  readonly answers: boolean;
}

interface IntegrationsProps {
  readonly frame: Frame;
  /** The forum's address. */
  readonly origin: string;
  readonly providers: readonly ShownProvider[];
  /** The algorithms by which the host blog signs its tokens; empty when it does not sign in anybody. */
  readonly sso: readonly string[];
  readonly mail: { readonly server: string | null; readonly from: string };
}

/** The parts of a provider's settings; all but the label must be there together. */
const PROVIDER_NAMES = [
  PROVIDER_SETTINGS.name,
  ...['CLIENT_ID', 'CLIENT_SECRET', 'LABEL'].map((part) => PROVIDER_SETTINGS.name.replace('ISSUER', part)),
];

/** What the forum is connected with, and the names of the settings that make each connection. */
export function IntegrationsPage(props: IntegrationsProps) {
  const { frame, origin, providers, sso, mail } = props;
  const { translator } = frame;
  const { t } = translator;
  return (
    <AdminPage frame={frame} title={t('admin.integrations')}>
      <h1>{t('admin.integrations')}</h1>
      <p class="lead">{t('connect.intro')}</p>
      <Connection id="oidc" title={t('connect.oidc')} isOn={providers.length > 0} translator={translator}>
        <p>{t('connect.oidcAbout')}</p>
        {providers.map((provider) => (
          <Provider key={provider.name} provider={provider} origin={origin} translator={translator} />
        ))}
        <Names names={PROVIDER_NAMES} translator={translator} />
        <p class="hint">{t('connect.oidcCallback', { address: `${origin}/sign-in/oidc/<name>/callback` })}</p>
      </Connection>
      <Connection id="sso" title={t('connect.sso')} isOn={sso.length > 0} translator={translator}>
        <p>{t('connect.ssoAbout')}</p>
        <Facts
          facts={[
            [t('connect.algorithm'), sso.join(', ')],
            [t('connect.audience'), origin],
          ]}
        />
        <Names names={[SETTINGS.ssoSecret.name, SETTINGS.ssoPublicKey.name]} isChoice translator={translator} />
      </Connection>
      <Connection id="smtp" title={t('connect.smtp')} isOn={mail.server !== null} translator={translator}>
        <p>{mail.server === null ? t('connect.smtpNone') : t('outbox.toServer', { server: mail.server })}</p>
        <Facts facts={[[t('outbox.sender'), mail.from]]} />
        <Names names={[SETTINGS.smtpUrl.name, SETTINGS.mailFrom.name]} translator={translator} />
        <p class="mail-link">
          <a href="/admin/outbox">{t('admin.outbox')}</a>
        </p>
      </Connection>
      <Embedding frame={frame} />
    </AdminPage>
  );
}

function Embedding({ frame }: Pick<IntegrationsProps, 'frame'>) {
  const { translator, site } = frame;
  const { t } = translator;
  const { embedOrigins } = site;
  return (
    <Connection id="embed" title={t('site.embedOrigins')} isOn={embedOrigins.length > 0} translator={translator}>
      <p>{t('connect.embedAbout')}</p>
      <Facts facts={embedOrigins.map((one) => [t('connect.origin'), one])} />
      <Names names={[SETTINGS.embedOrigins.name]} translator={translator} />
      <p class="mail-link">
        <a href="/admin/settings#elsewhere">{t('admin.settings')}</a>
      </p>
    </Connection>
  );
}

interface ConnectionProps {
  readonly id: string;
  readonly title: string;
  readonly isOn: boolean;
  readonly translator: Translator;
  readonly children: ComponentChildren;
}

function Connection({ id, title, isOn, translator, children }: ConnectionProps) {
  return (
    <section id={id} class="part house-part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title} <span class="badge">{translator.t(isOn ? 'connect.on' : 'connect.off')}</span>
      </h2>
      {children}
    </section>
  );
}

interface ProviderProps {
  readonly provider: ShownProvider;
  readonly origin: string;
  readonly translator: Translator;
}

function Provider({ provider, origin, translator: { t } }: ProviderProps) {
  const { name, label, issuer, clientId } = provider;
  return (
    <>
      <h3>{label}</h3>
      {!provider.answers && <p class="stop">{t('connect.silent', { name: label })}</p>}
      <Facts
        facts={[
          [t('connect.issuer'), issuer],
          [t('connect.client'), clientId],
          [t('connect.callback'), `${origin}/sign-in/oidc/${name}/callback`],
        ]}
      />
    </>
  );
}

/** Facts that somebody copies to another place; those without a value are left out. */
function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: string])[] }) {
  const told = facts.filter(([, value]) => value !== '');
  if (told.length === 0) return null;
  return (
    <dl class="standing">
      {told.map(([name, value]) => (
        <div key={value}>
          <dt>{name}</dt>
          <dd>
            <code dir="ltr">{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface NamesProps {
  readonly names: readonly string[];
  /** Whether one of them is enough. */
  readonly isChoice?: boolean;
  readonly translator: Translator;
}

/** The settings of the environment by which an operator makes the connection. */
function Names({ names, isChoice = false, translator: { t } }: NamesProps) {
  return (
    <p class="hint">
      {t(isChoice ? 'connect.setOne' : 'connect.set')}{' '}
      {names.map((name, at) => (
        <span key={name}>
          {at > 0 && ' · '}
          <code dir="ltr">{name}</code>
        </span>
      ))}
    </p>
  );
}
