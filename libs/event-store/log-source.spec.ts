import { expect, it } from '@jest/globals';
import { logSourceIn, openLogSource } from './log-source.ts';

it('is a file with its signal or without, or a server', () => {
  const signal = new SharedArrayBuffer(4);
  const source = { file: 'log.db', signal, vaultFile: 'vault.db' };
  expect(logSourceIn({ ...source, cacheFile: 'cache.db' })).toEqual(source);
  expect(logSourceIn({ file: 'log.db' })).toEqual({ file: 'log.db' });
  expect(logSourceIn({ url: 'kurrentdb://log', cacheFile: 'cache.db' })).toEqual({ url: 'kurrentdb://log' });
});

it.each([undefined, null, 'log.db', [], { file: 7 }, { url: null }, { file: null, url: 7 }])(
  'is nothing else: %p',
  async (source) => {
    await expect(openLogSource(source)).rejects.toThrow('a thread was not told where the log is');
  },
);
