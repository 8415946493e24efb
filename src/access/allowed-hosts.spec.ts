import { expect, it } from '@jest/globals';
import { isForThisMachine } from './allowed-hosts.ts';

const LOCAL = { host: '127.0.0.1', publicUrl: null, trustProxy: 0 };

it.each([{}, { publicUrl: 'http://localhost:3000' }, { host: '::1', publicUrl: 'http://[::1]:3000' }])(
  'a forum with %j is for its machine alone',
  (set) => expect(isForThisMachine({ ...LOCAL, ...set })).toBe(true),
);

it.each([{ publicUrl: 'https://forum.example' }, { host: '0.0.0.0' }, { trustProxy: 1 }])(
  'a forum with %j trusts no request for coming from its machine',
  (set) => expect(isForThisMachine({ ...LOCAL, ...set })).toBe(false),
);
