import { expect, test } from '@jest/globals';
import { refuseGuessable } from './guessable-passwords.ts';

const own = { handle: 'Somchai', displayName: 'สมชาย ใจดี', email: 'somchai.jaidee@example.org', forum: 'ชานเรือน Café' };

test.each([
  'password123',
  'PASSWORD123',
  '1234567890',
  'qwertyuiop',
  'passwordpassword',
  'qwertyqwertyqwerty',
  'aaaaaaaaaaaa',
  'somchaisomchai',
  'SomchaiSOMCHAIsomchai',
  'somchai.jaidee@example.org',
  'Somchai.Jaidee',
  'สมชาย ใจดี',
  'ชานเรือนcafé',
  'ชานเรือน-CAFÉ-2026!',
  'colloquy1234',
  'Colloquy Colloquy',
])('%s is refused', async (password) => {
  await expect(refuseGuessable(password, own)).rejects.toThrow(/^invalid: password (is among|must not be)/);
});

test.each([
  'correct horse battery',
  'a long password',
  'somchai likes rain',
  'ฝนตกที่หน้าต่าง',
  'abcabcabd-1',
  'colloquy in the rain',
  '83920174655',
])('%s is taken', async (password) => {
  await refuseGuessable(password, own);
});
