import { describe, expect, it } from '@jest/globals';
import { Passwords } from './passwords.ts';

describe('passwords', () => {
  const passwords = new Passwords();

  it('are hashed with argon2id under the salt that is given, and recognised in any normal form', async () => {
    const [one, other] = await Promise.all([1, 2].map((salt) => passwords.hash('caf\u00e9 and more', salted(salt))));
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await passwords.hash('cafe\u0301 and more', salted(1))).toBe(one);
    expect(await passwords.verify(one ?? null, 'cafe\u0301 and more')).toBe(true);
    expect(await passwords.verify(one ?? null, 'cafe and more')).toBe(false);
  });

  it('of nobody are wrong, whatever they are', async () => {
    expect(await passwords.verify(null, 'no member has this password')).toBe(false);
  });

  it('are all answered when many come at once', async () => {
    const phc = await passwords.hash('right', salted(1));
    const tries = Array.from({ length: 12 }, (_, n) => passwords.verify(phc, n % 3 === 0 ? 'right' : 'wrong'));
    expect(await Promise.all(tries)).toEqual(tries.map((_, n) => n % 3 === 0));
  });

  it('stand in a line that has an end, and go on after it', async () => {
    const hurried = new Passwords();
    const phc = await hurried.hash('right', salted(1));
    const tries = await Promise.allSettled(Array.from({ length: 80 }, () => hurried.verify(phc, 'right')));
    const refused = tries.filter((one) => one.status === 'rejected').map(({ reason }) => reason);
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(66);
    expect(refused).toHaveLength(14);
    expect(refused[0]).toMatchObject({ code: 'overloaded', status: 503, retryAfterSeconds: 2 });
    expect(await hurried.verify(phc, 'right')).toBe(true);
  });
});

function salted(byte: number): Uint8Array {
  return new Uint8Array(16).fill(byte);
}
