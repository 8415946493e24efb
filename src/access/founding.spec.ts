import { expect, test } from '@jest/globals';
import { Founding } from './founding.ts';

const SECRET = 'x'.repeat(43);
const founding = (secret = SECRET, taken: string[] = []) =>
  new Founding({
    secret: () => secret,
    limits: { take: async (kind, key) => void taken.push(`${kind} ${key}`) },
    nobody: () => true,
    trustsHere: true,
  });

test('the code is the same after a new start and on other nodes, and another in every forum', () => {
  expect(founding().code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}$/);
  expect(founding().code).toBe(founding().code);
  expect(founding('y'.repeat(43)).code).not.toBe(founding().code);
});

test('it is accepted as people type it', async () => {
  const { code } = founding();
  for (const typed of [code, code.toUpperCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('0', 'O')]) {
    await expect(founding().check(typed, 'net')).resolves.toBeUndefined();
  }
});

test('each wrong guess counts for its network, and a right one needs no share', async () => {
  const taken: string[] = [];
  for (const wrong of ['', 'abcd-efgh-jkmn', `${founding().code}0`, 'x'.repeat(100_000)]) {
    await expect(founding(SECRET, taken).check(wrong, 'net')).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ field: 'founderCode' }],
    });
  }
  await founding(SECRET, taken).check(founding().code, 'net');
  expect(taken).toEqual(Array(4).fill('founder net'));
});
