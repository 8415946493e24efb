import { createPublicKey } from 'node:crypto';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { isLogServer, LOG_SERVER_FORMS, logServerAt } from '../libs/event-store/index.ts';
import { mailboxIn } from '../libs/mail/port.ts';
import { vapidKeysOf } from '../libs/push/port.ts';
import { DEEPEST_ANSWER, isReplyTemplate, MOST_EDITS, TEXT_LIMITS } from '../libs/words/index.ts';
import { clientSecretOf, type OidcProvider, readProviders } from './oidc-providers.ts';
import { isSameSecret } from './same-secret.ts';

/** Every setting of the forum, checked and with its defaults in place. `readConfig` makes it from the environment. */
export interface Config {
  /** Where the server listens; port 0 takes a free one. */
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end; null: `http://HOST:PORT` with the port that was really taken. */
  readonly publicUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly eventStoreUrl: string;
  /** Null: made once and kept in DATA_DIR. */
  readonly sessionSecret: string | null;
  /** Days after which an unused session ends. */
  readonly sessionIdleDays: number;
  /** Seed of the key that signs checkpoints, 32 bytes in base64. Null: made of the forum's own secrets. */
  readonly auditKey: string | null;
  readonly rateLimits: boolean;
  /** Milliseconds within which accepted work is answered; work that would wait longer is refused. */
  readonly answerWithinMs: number;
  /** Live connections at once; null: as many as leave the rest of the process enough file descriptors. */
  readonly liveSockets: number | null;
  /** Null for a share of all; see `shareOfNetwork`. */
  readonly liveSocketsPerNetwork: number | null;
  /** Origins that may embed discussions; null lets admins choose, as with each setting of the site below. */
  readonly embedOrigins: readonly string[] | null;
  /** Null: mails are files in DATA_DIR/outbox. */
  readonly smtpUrl: string | null;
  /** `Name <name@host>` or `name@host`; null: an address of the host of PUBLIC_URL. */
  readonly mailFrom: string | null;
  /** The address at which mails are answered, with `{token}` in it; null where they are not. */
  readonly mailReplyTo: string | null;
  /** The private key by which push services know the forum (P-256, base64url); null for one that is made of the forum's own secrets. */
  readonly pushKey: string | null;
  /** Where operators of push services reach who sends; null: the address of the forum, or of its mails. */
  readonly pushContact: string | null;
  /** Origins of push services that may be asked though their addresses are private. */
  readonly pushServices: readonly string[];
  /** The address of the hub that is told when feeds change (WebSub); null for none. */
  readonly webSubHub: string | null;
  /** Signs the mails that a mail server hands over; null for one that is made of the forum's own secrets. */
  readonly inboundSecret: string | null;
  readonly logLevel: LogLevel;
  /** Characters (code points), after NFC and trimming. */
  readonly commentMaxLength: number | null;
  /** Depth of the deepest answer; an answer to the post itself has depth 0. */
  readonly commentMaxDepth: number | null;
  /** How often a comment can be edited. */
  readonly commentMaxEdits: number;
  /** How often a member can change name, language or password within a day. */
  readonly profileChangesADay: number;
  /** Proxies in front whose `X-Forwarded-For` is believed: a number of hops, 0 for none. */
  readonly trustProxy: number;
  /** Whether GET /metrics answers. */
  readonly metrics: boolean;
  /** With this bearer GET /metrics answers from anywhere; null answers this machine alone. */
  readonly metricsToken: string | null;
  /** Whether readers may see the moderation log, without names. */
  readonly publicModerationLog: boolean | null;
  /** Where weaknesses are reported, for /.well-known/security.txt; null for no such file. */
  readonly securityContact: string | null;
  /** The secret (HS256) and the public key as PEM (EdDSA) of the host blog's sign-in tokens. */
  readonly ssoSecret: string | null;
  readonly ssoPublicKey: string | null;
  /** Seconds after which another node goes on with the work of one that is not heard. */
  readonly leaseSeconds: number;
  /** One-click sign-in of the demo; on loopback alone. */
  readonly demo: boolean;
  /** The largest export of another system that admins may send, in mebibytes. */
  readonly importMiB: number;
  /** From the settings `OIDC_<NAME>_…`, see `readProviders`. */
  readonly oidcProviders: readonly OidcProvider[];
}

export type { OidcProvider };

/** The injection token under which the settings are provided. */
export const CONFIG = Symbol('Config');

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** An invalid setting: the message names the setting, its value and what is allowed, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export interface Setting<Value> {
  readonly name: string;
  readonly default: string;
  /** What it does and what is allowed, as the README's table and `--help` show it. */
  readonly help: string;
  /** Throws RangeError that says what is allowed. */
  readonly read: (text: string) => Value;
}

/** All settings there are, in the order of the README's table. */
export const SETTINGS = {
  host: {
    name: 'HOST',
    default: '127.0.0.1',
    help: 'address to listen on',
    read: matching(/^[A-Za-z0-9.:_-]{1,255}$/, 'an address or host name'),
  },
  port: {
    name: 'PORT',
    default: '3000',
    help: 'port to listen on; 0 takes a free one',
    read: wholeNumber(0, 65_535),
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    default: '',
    help: 'address that readers use, for links, cookies and origins; http://HOST:PORT unless set',
    read: optional(webAddress),
  },
  dataDir: {
    name: 'DATA_DIR',
    default: './data',
    help: 'directory that keeps everything of the forum',
    read: (text: string) => resolve(text.replace(/^~(?=\/|$)/, homedir())),
  },
  eventStoreUrl: {
    name: 'EVENT_STORE_URL',
    default: 'sqlite:',
    help: 'where the log is kept: sqlite: is a file in DATA_DIR, kurrentdb://user:password@host:2113 a server that nodes share',
    read: eventStoreUrl,
  },
  sessionSecret: {
    name: 'SESSION_SECRET',
    default: '',
    help: 'signs session tokens; at least 32 characters; made once and kept in DATA_DIR unless set',
    read: optional(matching(/^.{32,1024}$/su, 'at least 32 characters')),
  },
  sessionIdleDays: {
    name: 'SESSION_IDLE_DAYS',
    default: '14',
    help: 'days, 1 to 30, after which a session that is not used is over; each is over 30 days after its sign-in',
    read: wholeNumber(1, 30),
  },
  auditKey: {
    name: 'AUDIT_KEY',
    default: '',
    help: "signs the log's checkpoints; 32 random bytes in base64; made of the forum's own secrets unless set",
    read: optional(
      matching(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, '32 bytes in base64, as `openssl rand -base64 32` gives'),
    ),
  },
  rateLimits: {
    name: 'RATE_LIMITS',
    default: 'on',
    help: 'on or off; off is for load tests',
    read: onOrOff,
  },
  answerWithinMs: {
    name: 'ANSWER_WITHIN_MS',
    default: '1000',
    help: 'milliseconds, 100 to 60,000: requests that would wait longer are refused with 503, so that the others are answered in time',
    read: wholeNumber(100, 60_000),
  },
  liveSockets: {
    name: 'LIVE_SOCKETS',
    default: '',
    help: 'live connections at once, 1 to 1,000,000; unless set, as many as leave a reserve of the file descriptors that the system allows',
    read: optional(wholeNumber(1, 1_000_000)),
  },
  liveSocketsPerNetwork: {
    name: 'LIVE_SOCKETS_PER_NETWORK',
    default: '',
    help: 'live connections of one network (an IPv4 address, a /64 of IPv6) at once, 1 to 1,000,000; unless set, a quarter of all, and 100 at least',
    read: optional(wholeNumber(1, 1_000_000)),
  },
  embedOrigins: {
    name: 'EMBED_ORIGINS',
    default: '',
    help: 'the sites whose pages are discussed here: origins such as https://blog.example, separated by commas; admins choose on a page unless set',
    read: optional(origins),
  },
  smtpUrl: {
    name: 'SMTP_URL',
    default: '',
    help: 'the server that takes mails, such as smtp://user:password@mail.example:587; unless set, mails are files in DATA_DIR/outbox, which admins read at /admin/outbox',
    read: optional(mailServer),
  },
  mailFrom: {
    name: 'MAIL_FROM',
    default: '',
    help: 'sender of mails: an address, or a name and an address such as Forum <forum@example.org>; noreply at the host of PUBLIC_URL unless set',
    read: optional(sender),
  },
  mailReplyTo: {
    name: 'MAIL_REPLY_TO',
    default: '',
    help: 'the address at which mails are answered, such as reply+{token}@forum.example, whose mails are handed to `colloquy inbound` or POST /api/v1/inbound-mail; unless set, mails are not answered',
    read: optional(replyTemplate),
  },
  pushKey: {
    name: 'PUSH_KEY',
    default: '',
    help: "the private key by which push services know the forum: 32 bytes of P-256 in base64url, as `npx web-push generate-vapid-keys` gives; made of the forum's own secrets unless set; with another key members choose their devices anew",
    read: optional(vapidKey),
  },
  pushContact: {
    name: 'PUSH_CONTACT',
    default: '',
    help: 'where operators of push services reach who sends: a mailto: or https: address; PUBLIC_URL, or the sender of mails, unless set',
    read: optional(contact),
  },
  pushServices: {
    name: 'PUSH_SERVICES',
    default: '',
    help: 'push services of the own network: origins such as https://push.example, separated by commas, whose private addresses may be asked; http: only on this machine; all others must be public',
    read: pushServices,
  },
  webSubHub: {
    name: 'WEBSUB_HUB',
    default: '',
    help: 'hub that is told when the feeds of posts change (WebSub), such as https://pubsubhubbub.appspot.com/; https: and public, unless its origin is among PUSH_SERVICES',
    read: optional(hubAddress),
  },
  inboundSecret: {
    name: 'INBOUND_SECRET',
    default: '',
    help: "signs the mails that a mail server posts to /api/v1/inbound-mail; at least 32 characters; made of the forum's own secrets, for `colloquy inbound` alone, unless set",
    read: optional(matching(/^.{32,1024}$/su, 'at least 32 characters')),
  },
  logLevel: {
    name: 'LOG_LEVEL',
    default: 'warn',
    help: `how much is logged to standard error: ${LOG_LEVELS.join(', ')}`,
    read: oneOf(LOG_LEVELS),
  },
  commentMaxLength: {
    name: 'COMMENT_MAX_LENGTH',
    default: '',
    help: `characters of the longest comment, 1 to ${inThousands(TEXT_LIMITS.comment.max)}; admins choose on a page unless set`,
    read: optional(wholeNumber(TEXT_LIMITS.comment.min, TEXT_LIMITS.comment.max)),
  },
  commentMaxDepth: {
    name: 'COMMENT_MAX_DEPTH',
    default: '',
    help: `depth of the deepest answer, 0 to ${DEEPEST_ANSWER}; admins choose on a page unless set`,
    read: optional(wholeNumber(0, DEEPEST_ANSWER)),
  },
  commentMaxEdits: {
    name: 'COMMENT_MAX_EDITS',
    default: '30',
    help: `how often a comment can be edited, 0 to ${inThousands(MOST_EDITS)}`,
    read: wholeNumber(0, MOST_EDITS),
  },
  profileChangesADay: {
    name: 'PROFILE_CHANGES_A_DAY',
    default: '30',
    help: 'how often a member can change name, language or password within a day, 1 to 1,000',
    read: wholeNumber(1, 1_000),
  },
  trustProxy: {
    name: 'TRUST_PROXY',
    default: '0',
    help: "how many proxies in front are believed about the reader's address (X-Forwarded-For), 0 to 10",
    read: wholeNumber(0, 10),
  },
  metrics: {
    name: 'METRICS',
    default: 'on',
    help: 'on or off: whether GET /metrics answers, which it does with METRICS_TOKEN, and without it in a forum for this machine alone',
    read: onOrOff,
  },
  metricsToken: {
    name: 'METRICS_TOKEN',
    default: '',
    help: 'at least 16 characters: Authorization: Bearer with it reads /metrics from anywhere; none unless set',
    read: optional(matching(/^[\x21-\x7e]{16,256}$/, 'at least 16 characters without spaces')),
  },
  publicModerationLog: {
    name: 'PUBLIC_MODERATION_LOG',
    default: '',
    help: 'on or off: whether readers see what was moderated, without names and texts; admins choose on a page unless set',
    read: optional(onOrOff),
  },
  securityContact: {
    name: 'SECURITY_CONTACT',
    default: '',
    help: 'where weaknesses are reported: a mailto: or https: address, which /.well-known/security.txt tells; no such file unless set',
    read: optional(contact),
  },
  ssoSecret: {
    name: 'SSO_SECRET',
    default: '',
    help: 'at least 32 characters: people of the host blog sign in by its tokens, signed with this (JWT, HS256); no secret of the forum may have the value of another one, of a provider’s or of the password in an address, in whatever spelling (hex, base64)',
    read: optional(matching(/^.{32,1024}$/su, 'at least 32 characters')),
  },
  ssoPublicKey: {
    name: 'SSO_PUBLIC_KEY',
    default: '',
    help: 'the same with tokens signed by its private key (JWT, EdDSA): an Ed25519 public key as PEM, or as the base64 between its lines',
    read: optional(ed25519Key),
  },
  leaseSeconds: {
    name: 'LEASE_SECONDS',
    default: '30',
    help: 'seconds, 5 to 600, after which another node goes on with the work of one that is not heard any more: mails, pushes, an import',
    read: wholeNumber(5, 600),
  },
  importMiB: {
    name: 'IMPORT_MIB',
    default: '512',
    help: 'mebibytes, 1 to 10240, that an export of another system may have which is sent at /admin/import; larger ones are put into DATA_DIR/imports',
    read: wholeNumber(1, 10_240),
  },
  demo: {
    name: 'DEMO',
    default: 'off',
    help: 'on or off: one-click sign-in for the demo; only when HOST is a loopback address',
    read: onOrOff,
  },
} as const satisfies { readonly [Key in Exclude<keyof Config, 'oidcProviders'>]: Setting<Config[Key]> };

/** The settings of providers, as the README's table and `--help` show them. */
export const PROVIDER_SETTINGS = {
  name: 'OIDC_<NAME>_ISSUER',
  default: '',
  help: 'a provider by which people sign in (OpenID Connect), with OIDC_<NAME>_CLIENT_ID and OIDC_<NAME>_CLIENT_SECRET; OIDC_<NAME>_LABEL is the word on its button',
} as const;

/** `20,000`. The languages that `toLocaleString` knows take ten milliseconds of a start. */
function inThousands(count: number): string {
  return count < 1_000 ? `${count}` : `${Math.trunc(count / 1_000)},${`${count % 1_000}`.padStart(3, '0')}`;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Reads and checks all settings. Throws ConfigError with every fault at once. */
export function readConfig(environment: Environment): Config {
  const named = readProviders(environment);
  const faults: string[] = [...named.faults];
  const value = <Value>(setting: Setting<Value>, fallback: Value): Value => {
    const given = environment[setting.name];
    const text = given === undefined || given === '' ? setting.default : given;
    try {
      return setting.read(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      faults.push(`${setting.name}=${shown(setting.name, text)}: must be ${error.message}`);
      return fallback;
    }
  };
  const config: Config = {
    host: value(SETTINGS.host, ''),
    port: value(SETTINGS.port, 0),
    publicUrl: value(SETTINGS.publicUrl, null),
    dataDir: value(SETTINGS.dataDir, ''),
    eventStoreUrl: value(SETTINGS.eventStoreUrl, ''),
    sessionSecret: value(SETTINGS.sessionSecret, null),
    sessionIdleDays: value(SETTINGS.sessionIdleDays, 0),
    auditKey: value(SETTINGS.auditKey, null),
    rateLimits: value(SETTINGS.rateLimits, true),
    answerWithinMs: value(SETTINGS.answerWithinMs, 0),
    liveSockets: value(SETTINGS.liveSockets, null),
    liveSocketsPerNetwork: value(SETTINGS.liveSocketsPerNetwork, null),
    embedOrigins: value<readonly string[] | null>(SETTINGS.embedOrigins, null),
    smtpUrl: value(SETTINGS.smtpUrl, null),
    mailFrom: value(SETTINGS.mailFrom, null),
    mailReplyTo: value(SETTINGS.mailReplyTo, null),
    pushKey: value(SETTINGS.pushKey, null),
    pushContact: value(SETTINGS.pushContact, null),
    pushServices: value<readonly string[]>(SETTINGS.pushServices, []),
    webSubHub: value(SETTINGS.webSubHub, null),
    inboundSecret: value(SETTINGS.inboundSecret, null),
    logLevel: value<LogLevel>(SETTINGS.logLevel, 'warn'),
    commentMaxLength: value(SETTINGS.commentMaxLength, null),
    commentMaxDepth: value(SETTINGS.commentMaxDepth, null),
    commentMaxEdits: value(SETTINGS.commentMaxEdits, 0),
    profileChangesADay: value(SETTINGS.profileChangesADay, 0),
    trustProxy: value(SETTINGS.trustProxy, 0),
    metrics: value(SETTINGS.metrics, true),
    metricsToken: value(SETTINGS.metricsToken, null),
    publicModerationLog: value(SETTINGS.publicModerationLog, null),
    securityContact: value(SETTINGS.securityContact, null),
    ssoSecret: value(SETTINGS.ssoSecret, null),
    ssoPublicKey: value(SETTINGS.ssoPublicKey, null),
    demo: value(SETTINGS.demo, false),
    importMiB: value(SETTINGS.importMiB, 0),
    leaseSeconds: value(SETTINGS.leaseSeconds, 0),
    oidcProviders: named.providers,
  };
  if (config.demo && !isLoopback(config.host)) {
    faults.push(`DEMO=on: must be off unless HOST is a loopback address (it is ${config.host})`);
  }
  faults.push(...secretsTwice(config), ...plainHub(config));
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return Object.freeze(config);
}

function plainHub({ webSubHub, pushServices: allowed }: Config): readonly string[] {
  const isPlain = webSubHub?.startsWith('http:') === true && !allowed.includes(new URL(webSubHub).origin);
  return isPlain ? [`${SETTINGS.webSubHub.name}=${webSubHub}: must be an https: address`] : [];
}

type Secret = readonly [name: string, value: string];

/**
 * Whoever is given one secret, such as the host blog, could do with it what another of the same value is for. Two that only
 * others ask for, such as two providers, may be the same.
 */
function secretsTwice(config: Config): readonly string[] {
  const own = ownSecrets(config);
  return [...own, ...othersSecrets(config)].flatMap(([name, value], at) => {
    const [same] = own.slice(0, at).find(([, other]) => isSameSecret(other, value)) ?? [];
    if (same === undefined) return [];
    return [`${name}: must not be the same as ${same}; give each a value of its own, such as of: openssl rand -hex 32`];
  });
}

/** Those that are set with which the forum signs or lets in, by the names of their settings. */
function ownSecrets(config: Config): readonly Secret[] {
  const keys = ['sessionSecret', 'ssoSecret', 'inboundSecret', 'metricsToken', 'auditKey', 'pushKey'] as const;
  return keys.map((key) => [SETTINGS[key].name, config[key] ?? ''] as const).filter(([, value]) => value !== '');
}

/** Those that are set by which others let the forum in. */
function othersSecrets(config: Config): readonly Secret[] {
  const urls = ['smtpUrl', 'eventStoreUrl'] as const;
  return [
    ...urls.map((key) => [SETTINGS[key].name, passwordIn(config[key] ?? '')] as const),
    ...config.oidcProviders.map(({ name, clientSecret }) => [clientSecretOf(name), clientSecret] as const),
  ].filter(([, value]) => value !== '');
}

/** Empty where the address has none. */
function passwordIn(address: string): string {
  if (!URL.canParse(address)) return '';
  const { password } = new URL(address);
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

/** A secret's value never shows in a message, nor an address that may hold a password. */
function shown(name: string, text: string): string {
  const secrets: readonly string[] = [
    SETTINGS.sessionSecret.name,
    SETTINGS.auditKey.name,
    SETTINGS.smtpUrl.name,
    SETTINGS.metricsToken.name,
    SETTINGS.ssoSecret.name,
    SETTINGS.inboundSecret.name,
    SETTINGS.pushKey.name,
  ];
  const hidden = secrets.includes(name) || (name === SETTINGS.eventStoreUrl.name && text.includes('@'));
  return hidden ? '(hidden)' : JSON.stringify(text);
}

function matching(pattern: RegExp, allowed: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new RangeError(allowed);
    return text;
  };
}

function optional<Value>(read: (text: string) => Value): (text: string) => Value | null {
  return (text) => (text === '' ? null : read(text));
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw new RangeError(`a whole number from ${least} to ${most}`);
    return number;
  };
}

function oneOf<const Values extends readonly string[]>(values: Values): (text: string) => Values[number] {
  return (text) => {
    const found = values.find((value) => value === text.toLowerCase());
    if (found === undefined) throw new RangeError(`one of ${values.join(', ')}`);
    return found;
  };
}

function onOrOff(text: string): boolean {
  return oneOf(['on', 'off'])(text) === 'on';
}

function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.pathname === '/';
  if (!fits || url.search !== '' || url.hash !== '') {
    throw new RangeError('an http: or https: address without a path, such as https://forum.example');
  }
  return url.origin;
}

function origins(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(webAddress);
}

function vapidKey(text: string): string {
  if (vapidKeysOf(text) === null) {
    throw new RangeError('a private key of P-256, 32 bytes in base64url, as `npx web-push generate-vapid-keys` gives');
  }
  return text;
}

function pushServices(text: string): readonly string[] {
  const services = origins(text);
  if (services.some((one) => new URL(one).protocol === 'http:' && !isLoopback(hostIn(one)))) {
    throw new RangeError('https: addresses without a path; http: only on this machine');
  }
  return services;
}

/** Whether it is a public one is seen by each connection to it. */
function hubAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const fits = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (!fits || url.hash !== '') throw new RangeError('the https: address of a hub, such as https://hub.example/');
  return url.href;
}

function hostIn(address: string): string {
  return new URL(address).hostname.replace(/^\[|\]$/g, '');
}

function contact(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isMail = url?.protocol === 'mailto:' && mailboxIn(url.pathname) !== undefined && url.search === '';
  const isPage = url?.protocol === 'https:' && url.username === '';
  if (url === undefined || !(isMail || isPage) || text.length > 500) {
    throw new RangeError('a mailto: or https: address, such as mailto:security@forum.example');
  }
  return url.href;
}

function mailServer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new RangeError('an smtp: or smtps: address, such as smtp://user:password@mail.example:587');
  }
  return text;
}

function sender(text: string): string {
  if (mailboxIn(text) === undefined)
    throw new RangeError('an address, or a name and an address such as Forum <forum@example.org>');
  return text;
}

function replyTemplate(text: string): string {
  const template = text.toLowerCase();
  if (!isReplyTemplate(template)) {
    throw new RangeError(
      'an address with {token} before the @ and at most 16 other characters there, such as reply+{token}@forum.example',
    );
  }
  return template;
}

/** The key as PEM; a PEM in one line may have `\\n` for its line ends, as files of settings write it. */
function ed25519Key(text: string): string {
  const base64 = text.replaceAll('\\n', '\n').replaceAll(/-----(BEGIN|END) PUBLIC KEY-----|\s/g, '');
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ed25519') return key.export({ format: 'pem', type: 'spki' }).toString();
  } catch {
    // The fault is told below, since the library's words name no setting.
  }
  throw new RangeError('an Ed25519 public key, as `openssl pkey -in key.pem -pubout` gives');
}

function eventStoreUrl(text: string): string {
  if (text === 'sqlite:') return text;
  if (!isLogServer(text))
    throw new RangeError(`sqlite: (a file in DATA_DIR), or an address such as ${LOG_SERVER_FORMS}`);
  logServerAt(text).hostsIn(text);
  return text;
}
