import { expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { MailContent } from './port.ts';
import { wholeMessage } from './whole-message.ts';
import { writeMail } from './write-mail.ts';

const AT = '2026-11-26T08:15:00.125Z';
const CONTENT: MailContent = {
  id: '0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01',
  from: { name: 'Forum', address: 'noreply@forum.example' },
  to: { name: 'Somchai', address: 'somchai@example.org' },
  subject: 'Hello',
  text: 'Hello\n',
  html: '<!doctype html><p>Hello</p>',
  locale: 'en',
  date: AT,
};

test('a mail is written at once: nothing of it waits for another turn', async () => {
  await writeMail(CONTENT, AT);
  let turns = 0;
  setImmediate(() => {
    turns += 1;
  });
  await writeMail(CONTENT, AT);
  expect(turns).toBe(0);
});

const LONG = `${'A line that is much longer than a mail may have, with a=b and “quotes”, '.repeat(4)}\n`;

test.each([
  ['plain', 'Hello\nthere\n'],
  ['without an end', 'Hello'],
  ['empty', ''],
  ['long', LONG.repeat(60)],
  ['long and plain', `${'word '.repeat(300)}\n  indented \t\n.\n..dots\nFrom here\n`],
  ['with breaks of all kinds', 'one\r\ntwo\nthree\rfour \n five\t\r\n\r\n\n'],
  ['Thai', 'สวัสดีครับ ยินดีต้อนรับ '.repeat(40)],
  ['Vietnamese', 'Bạn có một câu trả lời mới từ Nguyễn — xem ở đây\n'.repeat(30)],
  ['Khmer', 'សួស្តី\n'.repeat(50)],
  ['Chinese, and what is beyond 16 bits', `你好，世界👋🏽\n`.repeat(90)],
])('it has the bytes that nodemailer streams: %s', async (_, text) => {
  const options = {
    from: CONTENT.from,
    to: { name: 'Ngọc, "N"', address: 'ngoc@example.org' },
    subject: `${text.slice(0, 90)}?`.replaceAll(/\s+/g, ' '),
    messageId: '<1@forum.example>',
    references: '<2@forum.example>',
    date: new Date(AT),
    text,
    html: `<p>${text}</p>`,
    headers: {
      'Content-Language': 'vi',
      'List-Unsubscribe': { prepared: true, value: '<https://forum.example/leave/1>' },
    },
    baseBoundary: 'same',
  };
  const streamed = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(options);
  expect(await wholeMessage(options)).toBe(String(streamed.message));
});
