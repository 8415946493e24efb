import { describe, expect, test } from '@jest/globals';
import { readConfig } from './config.ts';
import { readProviders } from './oidc-providers.ts';

const google = {
  OIDC_GOOGLE_ISSUER: 'https://accounts.google.example',
  OIDC_GOOGLE_CLIENT_ID: 'forum',
  OIDC_GOOGLE_CLIENT_SECRET: 'a secret',
};

describe('the providers', () => {
  test('are read from their settings, in the order of their names', () => {
    const other = {
      OIDC_ACME_LOGIN_ISSUER: 'http://127.0.0.1:4000/tenant',
      OIDC_ACME_LOGIN_CLIENT_ID: 'c',
      OIDC_ACME_LOGIN_CLIENT_SECRET: 's',
      OIDC_ACME_LOGIN_LABEL: 'The Acme company',
      OIDC_EMPTY_ISSUER: '',
    };
    expect(readProviders({ ...google, ...other, PORT: '1' })).toEqual({
      providers: [
        {
          name: 'acme-login',
          label: 'The Acme company',
          issuer: 'http://127.0.0.1:4000/tenant',
          clientId: 'c',
          clientSecret: 's',
        },
        {
          name: 'google',
          label: 'Google',
          issuer: 'https://accounts.google.example',
          clientId: 'forum',
          clientSecret: 'a secret',
        },
      ],
      faults: [],
    });
    expect(readProviders({})).toEqual({ providers: [], faults: [] });
  });

  test.each<[Record<string, string>, string]>([
    [{ OIDC_GOOGLE_CLIENT_SECRET: '' }, 'OIDC_GOOGLE_CLIENT_SECRET: must be set'],
    [{ OIDC_GOOGLE_CLIENTID: 'x' }, 'OIDC_GOOGLE_CLIENTID: must be OIDC_<NAME>_ISSUER'],
    [{ OIDC_GOOGLE_ISSUER: 'http://accounts.google.example' }, 'must be an https: address'],
    [{ OIDC_GOOGLE_ISSUER: 'https://u:p@accounts.example' }, 'must be an https: address'],
    [{ OIDC_GOOGLE_ISSUER: 'no address' }, 'must be an https: address'],
    [{ OIDC_GOOGLE_LABEL: 'x'.repeat(41) }, 'must have 40 characters at most'],
    [{ OIDC_SSO_ISSUER: 'https://a.example', OIDC_SSO_CLIENT_ID: 'a', OIDC_SSO_CLIENT_SECRET: 'b' }, 'another name'],
  ])('say what is wrong: %j', (over, fault) => {
    const { faults } = readProviders({ ...google, ...over });
    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults.join()).not.toContain('a secret');
    expect(() => readConfig({ ...google, ...over })).toThrow(fault);
  });

  test('a name that looks like another setting is that name', () => {
    const { providers } = readProviders({ OIDC_CLIENT_ID_ISSUER: 'https://a.example' });
    expect(providers).toMatchObject([{ name: 'client-id' }]);
  });
});
