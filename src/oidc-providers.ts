import { SSO_PROVIDER } from '../libs/words/index.ts';

/** A provider whose people may sign in here (OpenID Connect). */
export interface OidcProvider {
  /** As it stands in addresses: lower case, with `-` for `_`. */
  readonly name: string;
  /** The word on its button. */
  readonly label: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const SETTING = /^OIDC_([A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){0,3}?)_(ISSUER|CLIENT_ID|CLIENT_SECRET|LABEL)$/;
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;
const MOST_PROVIDERS = 10;

/** What is read from the environment, with one sentence for each fault; a secret never stands in one. */
export interface ProvidersRead {
  readonly providers: readonly OidcProvider[];
  readonly faults: readonly string[];
}

/** The providers that the settings `OIDC_<NAME>_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET` and `_LABEL` name, by name. */
export function readProviders(environment: Readonly<Record<string, string | undefined>>): ProvidersRead {
  const faults: string[] = [];
  const given = new Map<string, Map<string, string>>();
  for (const [setting, value] of Object.entries(environment)) {
    if (!setting.startsWith('OIDC_') || value === undefined || value === '') continue;
    const [, name, part] = SETTING.exec(setting) ?? [];
    if (name === undefined || part === undefined) faults.push(unknownSetting(setting));
    else given.set(name, (given.get(name) ?? new Map<string, string>()).set(part, value));
  }
  const providers = [...given]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, parts]) => {
      faults.push(...faultsOf(name, parts));
      return providerOf(name, parts);
    });
  if (providers.length > MOST_PROVIDERS) faults.push(`OIDC_…: must name ${MOST_PROVIDERS} providers at most`);
  return { providers, faults };
}

function unknownSetting(setting: string): string {
  return `${setting}: must be OIDC_<NAME>_ISSUER, OIDC_<NAME>_CLIENT_ID, OIDC_<NAME>_CLIENT_SECRET or OIDC_<NAME>_LABEL`;
}

function faultsOf(name: string, parts: ReadonlyMap<string, string>): readonly string[] {
  const missing = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET'].filter((part) => !parts.has(part));
  const faults = missing.map((part) => `OIDC_${name}_${part}: must be set, since another setting of OIDC_${name} is`);
  const issuer = parts.get('ISSUER');
  if (issuer !== undefined && !isIssuer(issuer)) {
    faults.push(
      `OIDC_${name}_ISSUER=${JSON.stringify(issuer)}: must be an https: address such as https://login.example, without query; http: only on this machine`,
    );
  }
  if ((parts.get('LABEL') ?? '').length > 40) faults.push(`OIDC_${name}_LABEL: must have 40 characters at most`);
  if (nameOf(name) === SSO_PROVIDER)
    faults.push(`OIDC_${name}_…: must have another name; ${SSO_PROVIDER} is the host blog`);
  return faults;
}

function isIssuer(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

function providerOf(name: string, parts: ReadonlyMap<string, string>): OidcProvider {
  const words = name.toLowerCase().split('_');
  return {
    name: nameOf(name),
    label: parts.get('LABEL') ?? words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
    issuer: parts.get('ISSUER') ?? '',
    clientId: parts.get('CLIENT_ID') ?? '',
    clientSecret: parts.get('CLIENT_SECRET') ?? '',
  };
}

/** The setting with the secret of the provider of this name. */
export function clientSecretOf(name: string): string {
  return `OIDC_${name.toUpperCase().replaceAll('-', '_')}_CLIENT_SECRET`;
}

function nameOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
