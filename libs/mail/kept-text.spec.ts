import { expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { keptText } from './kept-text.ts';
import type { MailContent } from './port.ts';
import { writeMail } from './write-mail.ts';

const AT = '2026-11-26T08:15:00.125Z';
const mail = (over: Pick<MailContent, 'text' | 'html'>): MailContent => ({
  id: '0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01',
  from: { name: 'Forum', address: 'noreply@forum.example' },
  to: { name: '', address: 'somchai@example.org' },
  subject: 'Hello',
  locale: 'th',
  date: AT,
  ...over,
});

test.each([
  ['short', 'Hello\n\n'],
  ['of one line', `${'word '.repeat(9_000)}\n\n`],
  ['of lines and blanks', `${'A line with “quotes” and a=b, \n  indented \t\n..dots\n.\n'.repeat(900)}\n`],
  ['Thai', `${'สวัสดีครับ ยินดีต้อนรับ '.repeat(2_000)}\n\n`],
  ['beyond 16 bits', `x${'👋🏽'.repeat(5_000)}\n\n`],
  ['Vietnamese', `${'Bạn có một câu trả lời mới từ Nguyễn — xem ở đây\n'.repeat(700)}\n`],
])('a kept text is read as it was, between what is one mail’s own: %s', async (_, long) => {
  const kept = await keptText(long);
  const before = '<!doctype html><p class="ink">Chào “bạn” </p><div>';
  const [html, text] = [
    { before, kept, after: `</div><a href="https://forum.example/leave/${'x'.repeat(43)}">Leave = go</a>` },
    { before: '', kept, after: 'Leave:\nhttps://forum.example/leave/xyz\n\n-- \nForum\n' },
  ];
  const { raw } = await writeMail(mail({ text, html }), AT);
  const lines = raw.split('\r\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(76);
  expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(raw).not.toContain('\u0001');
  const parsed = await simpleParser(raw, { skipHtmlToText: true });
  // Base64 needs whole lines in front of what follows: blanks fill them, where nobody sees any.
  const asRead = (whole: string): string =>
    whole
      .replaceAll(/ +(\n|$|<div)/g, '$1')
      .replaceAll(/div> +/g, 'div>')
      .trimEnd();
  expect(asRead(String(parsed.html))).toBe(asRead(html.before + long + html.after));
  expect(asRead(String(parsed.text))).toBe(asRead(long + text.after));
});

test('the longest is encoded in slices, so that others are heard', async () => {
  const long = 'The month in some words — with “quotes”.\n'.repeat(5_000);
  await keptText(long);
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 0);
  const began = performance.now();
  await keptText(long);
  clearInterval(turning);
  expect(turns).toBeGreaterThanOrEqual(Math.floor((performance.now() - began) / 40));
});
