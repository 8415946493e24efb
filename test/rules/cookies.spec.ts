import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const src = new URL('../../src/', import.meta.url);
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.spec.'))
  .map((name) => ({ name, text: readFileSync(new URL(name, src), 'utf8') }));
const NAMED = /(?:COOKIE|PLAIN) = '(colloquy_\w+)'|new SealedCookie\('(colloquy_\w+)'/g;

test('each cookie that the forum sets is told on the page about privacy, in every language', () => {
  const named = files.map(({ name, text }) => ({
    name,
    cookies: [...text.matchAll(NAMED)].map(([, plain, sealed]) => plain ?? sealed ?? ''),
    sets: /\.setCookie\(/.test(text) && !name.endsWith('sealed-cookie.ts'),
  }));
  const nameless = named.filter(({ cookies, sets }) => sets && cookies.length === 0).map(({ name }) => name);
  // It sets the one that a function of the same folder names.
  expect(nameless.filter((name) => !name.endsWith('member.controller.ts'))).toEqual([]);
  const cookies = [...named.flatMap((file) => file.cookies), 'colloquy_session_frame'];
  expect(cookies.length).toBeGreaterThan(7);
  const folder = new URL('web/shell/messages/', src);
  for (const locale of readdirSync(folder)) {
    const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL(locale, folder), 'utf8'));
    const told = texts['privacy.text.cookies'] ?? '';
    expect({ locale, untold: cookies.filter((cookie) => !told.includes(cookie)) }).toEqual({ locale, untold: [] });
  }
});
