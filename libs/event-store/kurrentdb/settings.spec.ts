import { expect, test } from '@jest/globals';
import { connectionSettings } from './settings.ts';

test.each([
  ['kurrentdb://db', [{ host: 'db', port: 2113 }], false, 'kurrentdb://n:1'],
  ['kurrentdb+discover://db:1113?tls=false', [{ host: 'db', port: 1113 }], true, 'kurrentdb://n:1?tls=false'],
  [
    'kurrentdb://eve:p%40w@a:1,b:2,c/?tls=false&nodePreference=follower&gossip-timeout=3&connectionName=x',
    [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
      { host: 'c', port: 2113 },
    ],
    true,
    'kurrentdb://eve:p%40w@n:1?tls=false&connectionName=x',
  ],
])(
  '%s says which hosts there are, whether they are asked for another, and the same for one node',
  (url, hosts, discovers, one) => {
    const settings = connectionSettings(url);
    expect([settings.hosts, settings.discovers, settings.urlOf({ host: 'n', port: 1 })]).toEqual([
      hosts,
      discovers,
      one,
    ]);
  },
);

test('user, password and the kind of node are told as they are meant; TLS is on unless it is switched off', () => {
  const plain = connectionSettings('kurrentdb://eve:p%40w@a?tls=false&node_preference=Follower');
  expect(plain).toMatchObject({
    credentials: { username: 'eve', password: 'p@w' },
    preference: 'follower',
    isSecure: false,
  });
  expect(connectionSettings('kurrentdb://a')).toMatchObject({
    credentials: undefined,
    preference: 'leader',
    isSecure: true,
  });
  expect(connectionSettings('kurrentdb://a?tlsVerifyCert=false').channel._isSecure()).toBe(true);
  expect(() => connectionSettings('kurrentdb://a?tlsCAFile=/nowhere.crt')).toThrow(/certificate files/);
});
