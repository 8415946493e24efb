import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { parse } from 'parse5';
import { writeMail } from '../../../libs/mail/index.ts';
import { accentPair, LOCALE_CODES } from '../../../libs/words/index.ts';
import type { Telling } from '../../views/notifications/notifications.query-types.ts';
import type { Letter } from './letter.ts';
import { letterHtml } from './letter-html.tsx';
import { letterText } from './letter-text.ts';
import { Action, COLOURS, Note, Paragraph, Quote } from './parts.tsx';
import { sentenceOf } from './told-words.ts';
import { dayInWords, greetingOf, minuteInWords, wordsIn } from './words.ts';

const AT = '2026-11-26T08:15:00.125Z';
const letter = (over: Partial<Letter> = {}): Letter => ({
  to: { name: 'สมชาย', address: 'somchai@example.org' },
  locale: 'th',
  subject: 'หัวเรื่อง',
  body: (
    <>
      <Paragraph>
        One & <strong>two</strong>
      </Paragraph>
      <Quote lang="en">{'A line\n<b>another</b>'}</Quote>
      <Action href="https://forum.example/confirm/1.a?b=1&c=2">Confirm</Action>
      <Note>Nothing else.</Note>
    </>
  ),
  ...over,
});

function readMessages(locale: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8'));
}

test('the text says all that the HTML says, with whole addresses', () => {
  expect(letterText(letter(), 'The forum')).toBe(
    'One & two\n\n> A line\n> <b>another</b>\n\nConfirm:\nhttps://forum.example/confirm/1.a?b=1&c=2\n\nNothing else.\n\n-- \nThe forum\n',
  );
});

test('the HTML names its language, is dark where that is wanted, and fetches nothing', () => {
  const html = letterHtml(letter(), { name: 'The <forum>', accent: null });
  expect(html).toMatch(/^<!doctype html><html lang="th" dir="ltr">/);
  expect(html).toContain('@media (prefers-color-scheme:dark)');
  expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
  expect(html).toContain('line-height:1.85');
  expect(html).toMatch(/<main><div class="card"[^>]*><h1/);
  expect(html).toContain('The &lt;forum>');
  expect(html).toContain('&lt;b>another&lt;/b>');
  expect(html).not.toMatch(/<(img|link|script|iframe)|url\(|@import|@font-face/);
  expect(parse(String(html)).childNodes.map(({ nodeName }) => nodeName)).toEqual(['#documentType', 'html']);
  expect(letterHtml(letter({ locale: 'ar' }), { name: 'x', accent: null })).toContain('<html lang="ar" dir="rtl">');
});

test('a button has the accent of the forum in both themes, and no text of somebody else gets it', () => {
  const html = letterHtml(letter(), { name: 'x', accent: '#7a1f5c' });
  const { dark } = accentPair('#7a1f5c');
  expect(html).toMatch(/<a class="button"[^>]* style="[^"]*background:#7a1f5c;/);
  expect(html).toContain(`.button{background:${dark} !important`);
  expect(html).not.toContain(COLOURS.accent[0]);
  const pale = letterHtml(letter(), { name: 'x', accent: '#ffee88' });
  expect(pale).toContain(`background:${COLOURS.accent[0]};`);
});

test('no letter to a stranger’s address says a name that somebody chose', () => {
  const member = { displayName: 'Buy at spam.example' };
  expect(greetingOf({ ...member, emailConfirmed: false }, wordsIn('en'))).toBe('Hello,');
  expect(greetingOf({ ...member, emailConfirmed: true }, wordsIn('en'))).toBe('Hello Buy at spam.example,');
});

test('a letter tells days and times in words, in the zone of the forum', () => {
  expect(dayInWords('en', '2026-12-09T20:05:00.000Z', 'Asia/Bangkok')).toBe('10 December 2026');
  expect(minuteInWords('vi', '2026-12-09T20:05:00.000Z', 'UTC')).toMatch(/^9 tháng 12.* 2026, 20:05 UTC$/);
});

test('no subject, name or address begins another header', async () => {
  const evil = 'a\r\nBcc: spy@example.org\u2028\u0000X: y';
  const content = {
    id: '0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01',
    from: { name: evil, address: 'forum@forum.example' },
    to: { name: evil, address: 'somchai@example.org' },
    subject: evil,
    text: evil,
    html: evil,
    locale: 'en',
    date: AT,
  };
  const parsed = await simpleParser((await writeMail(content, AT)).raw);
  expect([...parsed.headers.keys()].sort()).toEqual([
    'auto-submitted',
    'content-language',
    'content-type',
    'date',
    'from',
    'message-id',
    'mime-version',
    'subject',
    'to',
    'x-auto-response-suppress',
  ]);
  expect([parsed.subject, parsed.from?.value[0]?.name]).toEqual([
    'a Bcc: spy@example.org X: y',
    'a Bcc: spy@example.org X: y',
  ]);
  for (const address of ['a@b\r\nBcc: c@d', 'a@b, c@d', '"a"@b@c', 'a b@c', '<a@b>', 'a@b>']) {
    const other = { ...content, to: { name: '', address } };
    await expect(writeMail(other, AT)).rejects.toMatchObject({ reason: 'ADDRESS', isFinal: true });
  }
});

describe.each(LOCALE_CODES)('the words of letters in %s', (locale) => {
  const words = wordsIn(locale);
  const english = Object.keys(readMessages('en'));

  test('have the same keys as the English ones, and no empty text', () => {
    const messages = readMessages(locale);
    expect(Object.keys(messages)).toEqual(english);
    expect(Object.values(messages).filter((text) => text === '' || /[!！]/.test(JSON.stringify(text)))).toEqual([]);
  });

  test('have the same placeholders', () => {
    const placeholders = (code: string) =>
      Object.values(readMessages(code)).map((text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort());
    expect(placeholders(locale)).toEqual(placeholders('en'));
    expect(words.t('greeting', { name: 'Sokha' })).toContain('Sokha');
  });
});

test('in each language a removed translation is told with its own language, what it was of, and the reason', () => {
  const telling: Telling = {
    position: '1',
    kind: 'decision',
    at: AT,
    read: false,
    post: { id: 'p1', slug: 'tea', title: 'Tea' },
    comment: { id: 'c1', author: null, excerpt: null },
    outcome: 'translation-removed',
    translation: { language: 'ja', reason: 'wrong-translation' },
    pageUrl: null,
  };
  for (const locale of LOCALE_CODES) {
    const words = wordsIn(locale);
    const sentences = [telling, { ...telling, comment: null }].map((one) => sentenceOf(one, words));
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of('ja') ?? '';
    expect(new Set(sentences).size).toBe(2);
    for (const sentence of sentences) {
      expect(sentence).toContain(name);
      expect(sentence).toContain('Tea');
    }
    expect(words.t('told.reason', { reason: words.t('reason.wrong-translation') })).not.toContain('{');
  }
  const { translation: _, ...erased } = telling;
  expect(sentenceOf(erased, wordsIn('en'))).toBe('A moderator removed your translation on “Tea”');
});
