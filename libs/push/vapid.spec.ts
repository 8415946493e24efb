import { expect, test } from '@jest/globals';
import { vapidKeysFrom, vapidKeysOf } from './vapid.ts';

test('a secret gives the same keys wherever it is known, and others for another purpose', () => {
  const keys = vapidKeysFrom('a secret', 'push');
  expect(vapidKeysFrom('a secret', 'push')).toEqual(keys);
  expect(vapidKeysFrom('a secret', 'other')).not.toEqual(keys);
  expect(vapidKeysOf(keys.privateKey)).toEqual(keys);
  expect([keys.publicKey, keys.privateKey].map((key) => Buffer.from(key, 'base64url').length)).toEqual([65, 32]);
});

test('only a scalar of the curve in base64url is a private key', () => {
  const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
  const wrong = ['00'.repeat(32), order, 'ff'.repeat(32), '01'.repeat(31)].map((hex) => Buffer.from(hex, 'hex'));
  for (const bytes of wrong) expect(vapidKeysOf(bytes.toString('base64url'))).toBeNull();
  expect(vapidKeysOf(Buffer.from('01'.repeat(32), 'hex').toString('base64'))).toBeNull();
  // RFC 8291, appendix A: the key of the sender.
  expect(vapidKeysOf('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw')?.publicKey).toBe(
    'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  );
});
