import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig, SETTINGS } from './config.ts';

const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
};

describe('the settings', () => {
  it('given none, are what the README says', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      dataDir: `${process.cwd()}/data`,
      eventStoreUrl: 'sqlite:',
      sessionSecret: null,
      auditKey: null,
      sessionIdleDays: 14,
      rateLimits: true,
      answerWithinMs: 1_000,
      liveSockets: null,
      liveSocketsPerNetwork: null,
      embedOrigins: null,
      smtpUrl: null,
      mailFrom: null,
      mailReplyTo: null,
      webSubHub: null,
      inboundSecret: null,
      pushKey: null,
      pushContact: null,
      pushServices: [],
      logLevel: 'warn',
      commentMaxLength: null,
      commentMaxDepth: null,
      commentMaxEdits: 30,
      profileChangesADay: 30,
      trustProxy: 0,
      metrics: true,
      metricsToken: null,
      publicModerationLog: null,
      securityContact: null,
      ssoSecret: null,
      ssoPublicKey: null,
      demo: false,
      importMiB: 512,
      leaseSeconds: 30,
      oidcProviders: [],
    });
  });

  it('are read from the environment; an empty one is none', () => {
    const config = readConfig({
      HOST: '::1',
      PORT: '0',
      PUBLIC_URL: 'https://forum.example/',
      DATA_DIR: '/srv/colloquy',
      RATE_LIMITS: 'OFF',
      EMBED_ORIGINS: 'https://blog.example, https://other.example/',
      SMTP_URL: '',
      LOG_LEVEL: 'debug',
      DEMO: 'on',
    });
    expect(config).toMatchObject({
      host: '::1',
      port: 0,
      publicUrl: 'https://forum.example',
      dataDir: '/srv/colloquy',
      rateLimits: false,
      embedOrigins: ['https://blog.example', 'https://other.example'],
      smtpUrl: null,
      logLevel: 'debug',
      demo: true,
    });
  });

  it.each([
    ...['security@forum.example', 'mailto:nobody', 'http://forum.example/report', 'javascript:alert(1)'].map((text) => [
      'SECURITY_CONTACT',
      text,
      `SECURITY_CONTACT=${JSON.stringify(text)}: must be a mailto: or https: address, such as mailto:security@forum.example`,
    ]),
    ['HOST', 'a b', 'HOST="a b": must be an address or host name'],
    ['PORT', '65536', 'PORT="65536": must be a whole number from 0 to 65535'],
    ['PORT', '1e3', 'PORT="1e3": must be a whole number from 0 to 65535'],
    [
      'PUBLIC_URL',
      'ftp://forum.example',
      'PUBLIC_URL="ftp://forum.example": must be an http: or https: address without a path',
    ],
    [
      'PUBLIC_URL',
      'https://a.example/forum',
      'PUBLIC_URL="https://a.example/forum": must be an http: or https: address without a path',
    ],
    ['EVENT_STORE_URL', 'kurrentdb://', 'EVENT_STORE_URL="kurrentdb://": must be an address whose hosts are names'],
    [
      'EVENT_STORE_URL',
      'kurrentdb://admin:secret@h:2113?tsl=false',
      'EVENT_STORE_URL=(hidden): must be an address with known options: there is no option tsl',
    ],
    ['EVENT_STORE_URL', 'kurrentdb://admin:p@ss@h', 'EVENT_STORE_URL=(hidden): must be an address such as'],
    ['EVENT_STORE_URL', 'kurrentdb://h?tls=maybe', 'must be an address whose option tls has a value that it can have'],
    ['EVENT_STORE_URL', 'postgres://h', 'EVENT_STORE_URL="postgres://h": must be sqlite:'],
    ['SESSION_SECRET', 'too short', 'SESSION_SECRET=(hidden): must be at least 32 characters'],
    ['RATE_LIMITS', 'maybe', 'RATE_LIMITS="maybe": must be one of on, off'],
    ['EMBED_ORIGINS', 'blog.example', 'EMBED_ORIGINS="blog.example": must be an http: or https: address'],
    [
      'MAIL_FROM',
      'Forum <forum@example.org',
      'MAIL_FROM="Forum <forum@example.org": must be an address, or a name and an address such as Forum <forum@example.org>',
    ],
    ['SMTP_URL', 'mail.example', 'SMTP_URL=(hidden): must be an smtp: or smtps: address'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL="loud": must be one of silent,'],
    ['COMMENT_MAX_LENGTH', '0', 'COMMENT_MAX_LENGTH="0": must be a whole number from 1 to 10000'],
    ['COMMENT_MAX_DEPTH', '11', 'COMMENT_MAX_DEPTH="11": must be a whole number from 0 to 10'],
    ['PROFILE_CHANGES_A_DAY', '0', 'PROFILE_CHANGES_A_DAY="0": must be a whole number from 1 to 1000'],
    ['COMMENT_MAX_EDITS', '1001', 'COMMENT_MAX_EDITS="1001": must be a whole number from 0 to 1000'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY="yes": must be a whole number from 0 to 10'],
    ['METRICS', '1', 'METRICS="1": must be one of on, off'],
    ['METRICS_TOKEN', 'short', 'METRICS_TOKEN=(hidden): must be at least 16 characters'],
    ['DEMO', 'true', 'DEMO="true": must be one of on, off'],
    ['WEBSUB_HUB', 'hub.example', 'must be the https: address of a hub'],
    ['WEBSUB_HUB', 'http://hub.example/', 'must be an https: address'],
    ['WEBSUB_HUB', 'https://me:secret@hub.example/', 'must be the https: address of a hub'],
  ])('%s=%s is refused with what is allowed', (name, value, message) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['SESSION_SECRET', 'SSO_SECRET'],
    ['SESSION_SECRET', 'INBOUND_SECRET'],
    ['INBOUND_SECRET', 'SSO_SECRET'],
    ['SESSION_SECRET', 'METRICS_TOKEN'],
  ])('refuse one value for %s and %s, since whoever is given one would have both', (one, other) => {
    const value = 'one-secret-for-all-that-is-32-long';
    const [fault, ...others] = faultsOf({ [one]: value, [other]: value });
    expect(fault).toMatch(new RegExp(`^(${one}|${other}): must not be the same as (${one}|${other})`));
    expect([fault?.includes(value), others]).toEqual([false, []]);
    expect(() => readConfig({ [one]: value, [other]: `${value}-not` })).not.toThrow();
  });

  it('refuse one value in two spellings too, whether it is used as text or as bytes', () => {
    const bytes = Buffer.alloc(32, 251);
    const spelt = [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
    const spellings = [...spelt, (spelt[2] ?? '').toUpperCase(), `${spelt[1]}=`];
    const fault = expect.stringMatching(/^AUDIT_KEY: must not be the same as SSO_SECRET; give each/);
    for (const SSO_SECRET of spellings) expect(faultsOf({ SSO_SECRET, AUDIT_KEY: spelt[0] ?? '' })).toEqual([fault]);
    for (const SSO_SECRET of spellings) {
      const alike = spellings.filter((SESSION_SECRET) => faultsOf({ SSO_SECRET, SESSION_SECRET }).length === 1);
      expect(alike).toEqual(spellings);
    }
    const other = Buffer.alloc(32, 7).toString('base64');
    for (const SSO_SECRET of spellings) expect(() => readConfig({ SSO_SECRET, AUDIT_KEY: other })).not.toThrow();
  });

  it.each([32, 33, 34, 35, 36])('take two texts of %i letters that differ in the last one alone', (length) => {
    const text = 'my-forum-secret-my-forum-secret-of-it'.slice(0, length - 1);
    for (const last of [...'0123456789abcdefghijklmnopqrstuvwxyz']) {
      const others = [...'0123456789AZaz-_'].filter((other) => other !== last);
      for (const other of others)
        expect(faultsOf({ SESSION_SECRET: text + last, SSO_SECRET: text + other })).toEqual([]);
    }
  });

  it.each(['SESSION_SECRET', 'SSO_SECRET', 'INBOUND_SECRET', 'METRICS_TOKEN', 'AUDIT_KEY'])(
    'refuse the value of %s as the one that a provider is given too',
    (setting) => {
      const asSet = Buffer.alloc(32, 7).toString('base64');
      const provider = { OIDC_HOUSE_ISSUER: 'https://id.example', OIDC_HOUSE_CLIENT_ID: 'forum' };
      const sender = { MAIL_FROM: 'forum@forum.example' };
      const faults = (secret: string) =>
        faultsOf({ ...provider, ...sender, [setting]: asSet, OIDC_HOUSE_CLIENT_SECRET: secret });
      expect(faults(asSet)).toEqual([
        expect.stringMatching(new RegExp(`^OIDC_HOUSE_CLIENT_SECRET: must not be the same as ${setting}; give each`)),
      ]);
      expect(() =>
        readConfig({ ...provider, ...sender, [setting]: asSet, OIDC_HOUSE_CLIENT_SECRET: 'other' }),
      ).not.toThrow();
    },
  );

  it('refuse the password of a mail server as a secret of the forum, and take one for two servers of others', () => {
    const value = Buffer.alloc(32, 7).toString('base64');
    const sender = {
      MAIL_FROM: 'forum@forum.example',
      SMTP_URL: `smtp://forum:${encodeURIComponent(value)}@mail.example`,
    };
    expect(faultsOf({ ...sender, SSO_SECRET: value })).toEqual([
      expect.stringMatching(/^SMTP_URL: must not be the same as SSO_SECRET; give each/),
    ]);
    const providers = Object.fromEntries(
      ['A', 'B'].flatMap((name) => [
        [`OIDC_${name}_ISSUER`, `https://${name.toLowerCase()}.example`],
        [`OIDC_${name}_CLIENT_ID`, 'forum'],
        [`OIDC_${name}_CLIENT_SECRET`, value],
      ]),
    );
    expect(() => readConfig({ ...sender, ...providers })).not.toThrow();
  });

  it('tell all faults at once, and keep the demo on loopback', () => {
    expect(faultsOf({ PORT: 'x', LOG_LEVEL: 'y' })).toHaveLength(2);
    expect(faultsOf({ DEMO: 'on', HOST: '0.0.0.0' })).toEqual([
      'DEMO=on: must be off unless HOST is a loopback address (it is 0.0.0.0)',
    ]);
  });

  it('have each a name of its own and say what they do', () => {
    const settings = Object.values(SETTINGS);
    expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length);
    for (const { help } of settings) expect(help.length).toBeGreaterThan(10);
  });
});
