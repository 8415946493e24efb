import { describe, expect, it } from '@jest/globals';
import { assertionIn } from './passkey-answers.ts';

function signedBy(bytes: number): object {
  const signature = Buffer.alloc(bytes, 7).toString('base64url');
  const response = { clientDataJSON: 'AA', authenticatorData: 'AA', signature, userHandle: 'AA' };
  return { id: 'AA', rawId: 'AA', type: 'public-key', response };
}

describe('what a browser says in signing in', () => {
  it.each([
    ['EdDSA', 64],
    ['ES256', 72],
    ['RS256 with 2,048 bits', 256],
    ['RS256 with 16,384 bits', 2_048],
    ['ML-DSA-44', 2_420],
  ])('is read with a signature of %s', (_, bytes) => {
    const { signature } = assertionIn(signedBy(bytes))?.response ?? {};
    expect(signature).toBe(Buffer.alloc(bytes, 7).toString('base64url'));
  });

  it('is not read with a signature that is longer than any', () => {
    expect(assertionIn(signedBy(2_600))).toBeNull();
  });
});
