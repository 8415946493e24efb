import { afterEach, describe, expect, test } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts';
import { type MailContent, MailFault } from './port.ts';
import { SmtpTransport } from './smtp.ts';
import { writeMail } from './write-mail.ts';

const AT = '2026-11-26T08:15:00.125Z';
const CONTENT: MailContent = {
  id: '0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01',
  from: { name: 'ฟอรัม', address: 'noreply@forum.example' },
  to: { name: 'สมชาย', address: 'somchai@example.org' },
  subject: 'ยืนยันที่อยู่',
  text: 'สวัสดี\n\nhttps://forum.example/confirm/1\n',
  html: '<!doctype html><p lang="th">สวัสดี</p>',
  locale: 'th',
  date: AT,
};
/** Of a server that answers, however busy this machine is. */
const PATIENT = { connectMs: 20_000, silenceMs: 20_000, mailMs: 40_000 };
const IMPATIENT = { ...PATIENT, silenceMs: 300 };

let server: MailServer | undefined;
let transport: SmtpTransport | undefined;
afterEach(async () => {
  await transport?.close();
  await server?.close();
});

async function sendingTo(over: SMTPServerOptions, patience = PATIENT): Promise<unknown> {
  server = await startMailServer(over);
  transport = new SmtpTransport(server.url, patience);
  return transport.send(await writeMail(CONTENT, AT)).then(
    () => 'sent',
    (error: unknown) => error,
  );
}

test('a mail arrives as it was written, and can be told to come from a program', async () => {
  expect(await sendingTo({})).toBe('sent');
  const [mail] = server?.received ?? [];
  expect(mail?.to).toEqual(['somchai@example.org']);
  const parsed = mail?.parsed;
  expect({
    id: parsed?.messageId,
    from: parsed?.from?.value,
    to: [parsed?.to ?? []].flat().flatMap(({ value }) => value),
    subject: parsed?.subject,
    text: parsed?.text,
    html: parsed?.html,
    date: parsed?.date?.toISOString(),
    auto: parsed?.headers.get('auto-submitted'),
    language: parsed?.headers.get('content-language'),
    attachments: parsed?.attachments,
  }).toEqual({
    id: `<${CONTENT.id}@forum.example>`,
    from: [CONTENT.from],
    to: [CONTENT.to],
    subject: CONTENT.subject,
    text: CONTENT.text,
    html: CONTENT.html,
    date: '2026-11-26T08:15:00.000Z',
    auto: 'auto-generated',
    language: 'th',
    attachments: [],
  });
});

describe('a server', () => {
  const refusing = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });

  test.each<[string, SMTPServerOptions, string, boolean]>([
    [
      'that refuses connections',
      { onConnect: (_, done) => done(refusing(421, '4.3.2 not now')) },
      'CONN 421 4.3.2',
      false,
    ],
    [
      'that refuses the sender',
      { onMailFrom: (_, __, done) => done(refusing(550, '5.7.1 somchai@example.org may not')) },
      'MAIL FROM 550 5.7.1',
      false,
    ],
    [
      'that puts the receiver off',
      { onRcptTo: (_, __, done) => done(refusing(451, '4.7.1 greylisted')) },
      'RCPT TO 451 4.7.1',
      false,
    ],
    [
      'that knows no such receiver',
      { onRcptTo: (_, __, done) => done(refusing(550, '5.1.1 <somchai@example.org> unknown')) },
      'RCPT TO 550 5.1.1',
      true,
    ],
    [
      'that fails after the text',
      { onData: (stream, _, done) => stream.resume().on('end', () => done(refusing(554, '5.6.0 no room'))) },
      'DATA 554 5.6.0',
      false,
    ],
  ])('%s leads to a fault without its words', async (_, over, reason, isFinal) => {
    const fault = await sendingTo(over);
    expect(fault).toBeInstanceOf(MailFault);
    expect(fault).toMatchObject({ reason, isFinal });
  });

  test('that never answers is not waited for longer than allowed', async () => {
    expect(await sendingTo({ onMailFrom: () => undefined }, IMPATIENT)).toMatchObject({
      name: 'MailFault',
      reason: 'CONN ETIMEDOUT',
    });
    expect(await sendingTo({ onData: (stream) => stream.resume() }, IMPATIENT)).toMatchObject({
      reason: 'CONN ETIMEDOUT',
    });
  });

  test('that is not there is a fault', async () => {
    transport = new SmtpTransport('smtp://127.0.0.1:1', PATIENT);
    await expect(transport.send(await writeMail(CONTENT, AT))).rejects.toMatchObject({ reason: 'CONN ECONNREFUSED' });
  });
});
