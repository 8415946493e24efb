import { describe, expect, it } from '@jest/globals';
import { addressOf } from './handshake.ts';

describe('the address of a connection', () => {
  const from = (forwarded: string | undefined, proxies: number) =>
    addressOf(
      { address: '10.0.0.1', headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
      proxies,
    );

  it('given no proxies to believe, is the connection’s own whatever it says', () => {
    expect(from(undefined, 0)).toBe('10.0.0.1');
    expect(from('1.2.3.4', 0)).toBe('10.0.0.1');
  });

  it('given proxies, is what the outermost believed one saw', () => {
    expect(from('9.9.9.9, 1.2.3.4', 1)).toBe('1.2.3.4');
    expect(from('9.9.9.9, 1.2.3.4, 10.0.0.2', 2)).toBe('1.2.3.4');
  });

  it('given fewer hops than proxies, is the farthest there is', () => {
    expect(from('1.2.3.4', 3)).toBe('1.2.3.4');
    expect(from(' , ', 2)).toBe('10.0.0.1');
  });
});
