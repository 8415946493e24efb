import { describe, expect, jest, test } from '@jest/globals';
import { InboundReader } from './inbound-reader.ts';
import { ownWords, parseInbound } from './parse-inbound.ts';

const OWN = ['forum@forum.example'];
const HEADS = {
  from: 'Ann <ann@example.org>',
  to: 'reply+abc@forum.example',
  subject: 'Re: Ann answered you',
  'message-id': '<1@example.org>',
};
const mail = (heads: Readonly<Record<string, string>>, body: string | Buffer = 'Yes.'): Buffer => {
  const lines = Object.entries({ ...HEADS, ...heads }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${lines.join('')}\r\n`), Buffer.from(body)]);
};
const signOf = async (heads: Readonly<Record<string, string>>) => (await parseInbound(mail(heads), OWN)).automatic;

test('a mail of a person is read whole', async () => {
  expect(await parseInbound(mail({ 'Delivered-To': 'x@y.example' }), OWN)).toEqual({
    messageId: '<1@example.org>',
    from: 'ann@example.org',
    to: ['x@y.example', 'reply+abc@forum.example'],
    text: 'Yes.',
    attachments: 0,
    automatic: null,
    report: null,
  });
});

describe.each([
  ['quoted in English', 'Yes.\n\nOn Mon, 2 Nov 2026 at 10:00, Forum <f@forum.example> wrote:\n> By boat\n> or not'],
  ['quoted in German', 'Yes.\n\nAm 02.11.2026 um 10:00 schrieb Forum <f@forum.example>:\n> By boat'],
  ['quoted by Outlook', 'Yes.\n\n-----Original Message-----\nFrom: Forum\nSent: Monday\nSubject: x\n\nBy boat'],
  ['with a signature', 'Yes.\n\n-- \nAnn\nThe company'],
  ['with the lines of Windows', 'Yes.\r\n\r\n-- \r\nAnn'],
])('%s', (_, text) => {
  test('gives the own words alone', () => {
    expect(ownWords(text)).toBe('Yes.');
  });
});

test('what is quoted between the own words is left out, too', () => {
  expect(ownWords('> By boat\n\nYes.\n\n> Or by bridge\n\nNo.')).toBe('Yes.\nNo.');
});

test('HTML alone is read as text, without scripts, styles and what is quoted', async () => {
  const html =
    '<html><head><style>p{color:red}</style></head><body><p>Yes, <b>by boat</b>.</p><script>alert(1)</script>' +
    '<div class="gmail_quote">On Mon, 2 Nov 2026 at 10:00, Forum &lt;f@forum.example&gt; wrote:<br><blockquote>By boat?</blockquote></div></body></html>';
  expect((await parseInbound(mail({ 'content-type': 'text/html; charset=utf-8' }, html), OWN)).text).toBe(
    'Yes, by boat.',
  );
});

test.each([
  ['iso-2022-jp', Buffer.from('1b24422546253925481b2842', 'hex'), 'テスト'],
  ['windows-874', Buffer.from('cac7d1cab4d5', 'hex'), 'สวัสดี'],
  ['gb18030', Buffer.from('c4e3bac3', 'hex'), '你好'],
  ['windows-1258', Buffer.from('56f2', 'hex'), 'Ṿ'],
])('a text in %s is read', async (charset, bytes, text) => {
  const heads = { 'content-type': `text/plain; charset=${charset}`, 'content-transfer-encoding': '8bit' };
  expect((await parseInbound(mail(heads, bytes), OWN)).text.normalize('NFC')).toBe(text.normalize('NFC'));
});

test('attachments are counted and left out', async () => {
  const body = [
    '--b\r\ncontent-type: text/plain\r\n\r\nYes.\r\n',
    '--b\r\ncontent-type: image/png; name="a.png"\r\ncontent-disposition: attachment\r\n\r\nAAAA\r\n',
    '--b--\r\n',
  ].join('');
  const read = await parseInbound(mail({ 'content-type': 'multipart/mixed; boundary=b' }, body), OWN);
  expect(read).toMatchObject({ text: 'Yes.', attachments: 1 });
});

test.each([
  [{ from: 'Forum <FORUM@forum.example>' }, 'loop'],
  [{ 'return-path': '<>' }, 'bounce'],
  [{ 'content-type': 'multipart/report; report-type=delivery-status; boundary=b' }, 'bounce'],
  [{ from: 'MAILER-DAEMON@example.org' }, 'bounce'],
  [{ 'auto-submitted': 'auto-replied (vacation)' }, 'auto-reply'],
  [{ 'auto-submitted': 'auto-generated' }, 'auto-reply'],
  [{ 'x-autoreply': 'yes' }, 'auto-reply'],
  [{ precedence: 'auto_reply' }, 'auto-reply'],
  [{ 'x-auto-response-suppress': 'All' }, 'auto-reply'],
  [{ subject: 'Automatic reply: Ann answered you' }, 'auto-reply'],
  [{ subject: 'Out of office' }, 'auto-reply'],
  [{ subject: '自动回复：Ann' }, 'auto-reply'],
  [{ precedence: 'bulk' }, 'list'],
  [{ 'list-id': '<readers.example.org>' }, 'list'],
  [{ 'authentication-results': 'mx.example; spf=pass; dmarc=fail header.from=example.org' }, 'forged'],
  [{ 'auto-submitted': 'no' }, null],
  [{ subject: 'Re: Out of stock' }, null],
])('a mail with %j is one of a program: %p', async (heads, sign) => {
  expect(await signOf(heads)).toBe(sign);
});

test('a mail that went through more servers than any way has is one of a loop', async () => {
  const hops = 'received: by a.example\r\n'.repeat(61);
  expect((await parseInbound(Buffer.concat([Buffer.from(hops), mail({})]), OWN)).automatic).toBe('loop');
});

test('several senders are none, in one header or in two', async () => {
  expect((await parseInbound(mail({ from: 'a@example.org, b@example.org' }), OWN)).from).toBeNull();
  const twice = Buffer.concat([Buffer.from('From: b@example.org\r\n'), mail({})]);
  expect((await parseInbound(twice, OWN)).from).toBeNull();
});

test.each([
  ['one line without end', 'On '],
  ['empty lines', '\r\n'],
  ['lines of blanks', '\r\n \t'],
  ['lines of an old Mac', '\r'],
  ['short lines', 'a\r\n'],
  ['lines with gaps', 'a\r\n\r\n'],
  ['quotes', '> a\r\n'],
  ['beginnings of quotes', 'On a\r\n'],
  ['ends of quotes', 'a wrote:\r\n'],
])('a text made to be slow, %s, is read in the time of a few mails', async (_, part) => {
  const began = performance.now();
  await parseInbound(mail({}, `a${part.repeat(100_000)}`), OWN);
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('blanks at the ends of lines and gaps between them are no words', () => {
  expect(ownWords('Yes.  \n\n \n\t\n\nNo.')).toBe('Yes.\n\nNo.');
});

test('a mail that takes too long takes no time of those behind it', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] });
  const reader = new InboundReader();
  try {
    const slow = reader.read(mail({}), OWN);
    const others = [reader.read(mail({}, 'Two.'), OWN), reader.read(mail({}, 'Three.'), OWN)];
    await Promise.resolve();
    jest.advanceTimersByTime(10_000);
    expect(await slow).toBeNull();
    expect(await Promise.all(others)).toMatchObject([{ text: 'Two.' }, { text: 'Three.' }]);
  } finally {
    jest.useRealTimers();
    await reader.close();
  }
});

test('the thread reads mails one by one, gives up what takes too long, and goes on', async () => {
  const reader = new InboundReader();
  expect(
    await Promise.all([reader.read(mail({}), OWN), reader.read(mail({ 'return-path': '<>' }), OWN)]),
  ).toMatchObject([{ text: 'Yes.' }, { automatic: 'bounce' }]);
  await reader.close();
  const hasty = new InboundReader(0);
  expect(await hasty.read(mail({}, 'a'.repeat(4_000_000)), OWN)).toBeNull();
  await hasty.close();
});
