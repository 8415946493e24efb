/**
 * The schemes that the client's parser of connection strings knows under this name; its older names are not offered.
 */
const SCHEME = /^kurrentdb(\+discover)?:\/\//;
const CREDENTIALS = /^[^:@/?]+:[^@/?]+@/;
const HOST = /^[A-Za-z0-9][A-Za-z0-9._-]*(:\d{1,5})?$/;

type Allowed = RegExp | null;

const BOOLEAN = /^(true|false)$/;
const NUMBER = /^\d{1,9}$/;

/** The allowed options, by their name in lower case; null allows any value. */
const OPTIONS: Readonly<Record<string, Allowed>> = {
  tls: BOOLEAN,
  tlsverifycert: BOOLEAN,
  tlscafile: null,
  usercertfile: null,
  userkeyfile: null,
  connectionname: null,
  nodepreference: /^(leader|follower|random|readonlyreplica)$/i,
  discoveryinterval: NUMBER,
  maxdiscoverattempts: NUMBER,
  gossiptimeout: NUMBER,
  keepaliveinterval: NUMBER,
  keepalivetimeout: NUMBER,
};

export const KURRENTDB_FORM = 'kurrentdb://user:password@host:2113?tls=true';

/** True for an address that `openKurrentEventStore` is meant for. */
export function isKurrentUrl(url: string): boolean {
  return SCHEME.test(url);
}

/**
 * The hosts of a connection string, such as `db1:2113, db2:2113`, fit for messages: no credentials, no options. Throws
 * RangeError, which explains the fault and repeats no secret.
 */
export function kurrentHosts(url: string): string {
  const scheme = SCHEME.exec(url)?.[0];
  if (scheme === undefined) throw new RangeError(`an address such as ${KURRENTDB_FORM}`);
  const rest = url.slice(scheme.length);
  const afterCredentials = rest.replace(CREDENTIALS, '');
  if (!isDecodable(rest.slice(0, rest.length - afterCredentials.length))) {
    throw new RangeError('an address whose user and password have each "%" written as %25');
  }
  if (afterCredentials.includes('@')) {
    throw new RangeError(
      `an address such as ${KURRENTDB_FORM}; special characters of user and password are written as %40`,
    );
  }
  const [hosts = '', query, ...more] = afterCredentials.split('?');
  if (more.length > 0) throw new RangeError('an address with one "?" in front of its options, and "&" between them');
  const listed = hosts.replace(/\/$/, '').split(',');
  for (const host of listed) checkHost(host);
  for (const option of query === undefined ? [] : query.split('&')) checkOption(option);
  return listed.join(', ');
}

export interface DatabaseLogin {
  readonly username: string;
  readonly password: string;
}

/** User and password of a connection string, decoded; undefined when it has none. */
export function credentialsIn(url: string): DatabaseLogin | undefined {
  const found = CREDENTIALS.exec(url.replace(SCHEME, ''))?.[0].slice(0, -1);
  if (found === undefined) return undefined;
  const colon = found.indexOf(':');
  return {
    username: decodeURIComponent(found.slice(0, colon)),
    password: decodeURIComponent(found.slice(colon + 1)),
  };
}

function checkHost(host: string): void {
  const port = Number(host.split(':')[1] ?? 2113);
  if (!HOST.test(host) || port < 1 || port > 65_535) {
    throw new RangeError('an address whose hosts are names or IPv4 addresses, each with a port or without');
  }
}

function checkOption(option: string): void {
  const [key = '', value = ''] = option.split('=');
  const name = key.toLowerCase().replace(/[_-]/g, '');
  const allowed = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (allowed === undefined) throw new RangeError(`an address with known options: there is no option ${shown(key)}`);
  if (value === '' || (allowed !== null && !allowed.test(value))) {
    throw new RangeError(`an address whose option ${key} has a value that it can have`);
  }
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** A name that may be a mistyped secret is not repeated. */
function shown(key: string): string {
  return /^[A-Za-z_-]{1,40}$/.test(key) ? key : '(hidden)';
}
