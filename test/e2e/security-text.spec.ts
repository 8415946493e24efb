import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const PATH = '/.well-known/security.txt';
const DAY_MS = 86_400_000;

let named: RunningForum;
let silent: RunningForum;
beforeAll(async () => {
  const env = { PUBLIC_URL: 'https://forum.example', SECURITY_CONTACT: 'mailto:security@forum.example' };
  [named, silent] = await Promise.all([startForum({ env }), startForum()]);
  await Promise.all([named.admin(), silent.admin()]);
}, 60_000);
afterAll(() => Promise.all([named.close(), silent.close()]));

it('tells finders of a weakness whom to ask, in the form of RFC 9116', async () => {
  const { status, headers, body } = await named.call('GET', PATH);
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
  const fields = new Map(
    String(body)
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line]),
  );
  expect([...fields.keys()]).toEqual(['Contact', 'Expires', 'Preferred-Languages', 'Canonical']);
  expect(fields.get('Contact')).toBe('Contact: mailto:security@forum.example');
  expect(fields.get('Preferred-Languages')).toBe('Preferred-Languages: en, vi, th, km, lo, my, zh');
  expect(fields.get('Canonical')).toBe(`Canonical: https://forum.example${PATH}`);
  const left = Date.parse((fields.get('Expires') ?? '').slice('Expires: '.length)) - Date.now();
  expect(fields.get('Expires')).toMatch(/^Expires: \d{4}-\d\d-\d\dT00:00:00Z$/);
  expect([left > 80 * DAY_MS, left < 365 * DAY_MS]).toEqual([true, true]);
});

it('is not there while nobody is named', async () => {
  expect((await silent.call('GET', PATH)).status).toBe(404);
});
