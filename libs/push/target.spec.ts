import { createECDH, randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { endpointFault, keysFault } from './target.ts';

const OWN = ['https://push.house', 'http://127.0.0.1:8080'];

test.each([
  'https://fcm.googleapis.com/fcm/send/abc',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/abc',
  'https://8.8.8.8/abc',
  'https://[2606:4700::1111]/abc',
  'https://push.house/abc',
  'http://127.0.0.1:8080/abc',
])('%s is where a device may be reached', (endpoint) => {
  expect(endpointFault(endpoint, OWN)).toBeNull();
});

test.each([
  'http://push.example/abc',
  'ftp://push.example/abc',
  'javascript:alert(1)',
  'no address',
  '',
  'https://user:word@push.example/abc',
  'https://push.example/abc#part',
  'https://localhost/abc',
  'https://LOCALHOST./abc',
  'https://app.localhost/abc',
  'https://intranet/abc',
  'https://printer.local/abc',
  'https://metadata.google.internal/abc',
  'https://127.0.0.1/abc',
  'https://127.1/abc',
  'https://0x7f000001/abc',
  'https://2130706433/abc',
  'https://0.0.0.0/abc',
  'https://10.0.0.1/abc',
  'https://172.16.0.1/abc',
  'https://192.168.1.1/abc',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/abc',
  'https://224.0.0.1/abc',
  'https://[::]/abc',
  'https://[::1]/abc',
  'https://[::127.0.0.1]/abc',
  'https://[::808:808]/abc',
  'https://[::ffff:127.0.0.1]/abc',
  'https://[::ffff:7f00:1]/abc',
  'https://[64:ff9b::7f00:1]/abc',
  'https://[fe80::1]/abc',
  'https://[fc00::1]/abc',
  'http://127.0.0.1:8081/abc',
])('%s is none', (endpoint) => {
  expect(endpointFault(endpoint, OWN)).not.toBeNull();
});

test('keys are a point of the curve and 16 bytes', () => {
  const ecdh = createECDH('prime256v1');
  const point = ecdh.generateKeys();
  const good = { p256dh: point.toString('base64url'), auth: randomBytes(16).toString('base64url') };
  expect(keysFault(good)).toBeNull();
  const beside = Buffer.from(point);
  beside[64] = (beside[64] ?? 0) ^ 1;
  const compressed = ecdh.getPublicKey('base64url', 'compressed');
  for (const p256dh of ['', 'A', beside.toString('base64url'), compressed, `${good.p256dh}=`, `${good.p256dh}AAAA`]) {
    expect(keysFault({ ...good, p256dh })).toMatchObject({ field: 'p256dh' });
  }
  for (const auth of ['', 'A', randomBytes(15).toString('base64url'), `${good.auth}AAA`]) {
    expect(keysFault({ ...good, auth })).toMatchObject({ field: 'auth' });
  }
});
