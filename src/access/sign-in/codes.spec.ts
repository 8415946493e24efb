import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newRecoveryCodes, newSecret, otpauthUri, proofIn } from './codes.ts';

/** RFC 6238, appendix B: the secret `12345678901234567890`, and the last six digits of its codes. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a code', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('of the standard at %i s is %s', (seconds, code, step) => {
    expect(proofIn(code, SECRET, seconds * 1000)).toEqual({ kind: 'totp', secret: SECRET, step });
  });

  it('is accepted one period before and after its own, as the step that it is of', () => {
    const at = (seconds: number) => proofIn('287082', SECRET, seconds * 1000);
    for (const seconds of [0, 29, 30, 59, 60, 89])
      expect(at(seconds)).toEqual({ kind: 'totp', secret: SECRET, step: 1 });
    expect(at(90)).toMatchObject({ kind: 'recovery' });
  });

  it('may be typed in groups, and is nothing else than six digits', () => {
    expect(proofIn(' 287 082 ', SECRET, 59_000)).toMatchObject({ kind: 'totp' });
    for (const wrong of ['28708', '2870822', '٢٨٧٠٨٢', 'abcdef', '', '-1e5.0', `287082${'0'.repeat(1_000)}`]) {
      expect(proofIn(wrong, SECRET, 59_000)).toMatchObject({ kind: 'recovery' });
    }
    expect(proofIn('287083', SECRET, 59_000)).toMatchObject({ kind: 'recovery' });
    expect(proofIn('287082', null, 59_000)).toMatchObject({ kind: 'recovery' });
  });

  it('comes from a secret of 160 bits that is new each time', () => {
    expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newSecret()).not.toBe(newSecret());
  });

  it('is made by an authenticator that reads the address', () => {
    const uri = new URL(otpauthUri(SECRET, { issuer: 'A forum: ours', label: 'สมชาย' }));
    expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
    expect(uri.searchParams.get('secret')).toBe(SECRET);
    expect(uri.searchParams.get('issuer')).toBe('A forum: ours');
    expect(decodeURIComponent(uri.pathname)).toContain('สมชาย');
  });
});

describe('recovery codes', () => {
  it('are ten, each of 120 bits, and only their hashes are kept', () => {
    const { codes, hashes } = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){5}$/);
    expect(hashes).toEqual(codes.map((code) => createHash('sha256').update(code.replaceAll('-', '')).digest('hex')));
  });

  it('are known however they are typed', () => {
    const { codes, hashes } = newRecoveryCodes();
    const [code = ''] = codes;
    for (const typed of [code, code.toUpperCase(), code.replaceAll('-', ' '), ` ${code.replaceAll('-', '')} `]) {
      expect(proofIn(typed, null, 0)).toEqual({ kind: 'recovery', hash: hashes[0] });
    }
    expect(hashes).not.toContain(Reflect.get(proofIn(`${code}a`, null, 0), 'hash'));
  });
});
