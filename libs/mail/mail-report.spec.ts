import { expect, test } from '@jest/globals';
import { bounceOf, complaintOf, mailReport as written } from '../../test/support/mail-reports.ts';
import { parseInbound } from './parse-inbound.ts';

const ID = '<0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01@forum.example>';
const messageId = ID.slice(1, -1);
const reportIn = async (raw: string) => (await parseInbound(Buffer.from(raw), [])).report;

test.each([
  ['5.1.1', 'bounced'],
  ['5.0.0', 'bounced'],
  ['5.2.1', 'bounced'],
  ['5.4.4', 'bounced'],
  ['5.1.8', 'refused'],
  ['5.2.2', 'refused'],
  ['5.7.1', 'refused'],
  ['4.4.7', 'refused'],
])('a mail that failed with %s has %s', async (status, kind) => {
  expect(await reportIn(bounceOf(ID, status))).toEqual({ kind, status, messageId });
});

test('what is late, or came, is no failure; nor is what has no code', async () => {
  for (const action of ['delayed', 'relayed', 'delivered', 'expanded']) {
    expect(await reportIn(bounceOf(ID, '4.0.0', action))).toBeNull();
  }
  expect(await reportIn(bounceOf(ID, 'unknown'))).toBeNull();
});

test('a complaint is one of its kinds; what says that a mail is no spam is none', async () => {
  for (const kind of ['abuse', 'Fraud', 'opt-out']) {
    expect(await reportIn(complaintOf(ID, kind))).toEqual({ kind: 'complaint', status: null, messageId });
  }
  for (const kind of ['not-spam', 'auth-failure', '']) expect(await reportIn(complaintOf(ID, kind))).toBeNull();
});

test('a report that names no mail tells nothing, wherever else an id stands', async () => {
  const fields = 'Reporting-MTA: dns; mx.example\n\nAction: failed\nStatus: 5.1.1\n';
  const report = { type: 'delivery-status', fields } as const;
  expect(await reportIn(written({ ...report, about: null }))).toBeNull();
  expect(await reportIn(written({ ...report, about: `Subject: ${ID}\n\nMessage-ID: ${ID}` }))).toBeNull();
  expect(await reportIn(written({ ...report, about: `Subject: x\n Message-ID: ${ID}` }))).toBeNull();
  expect(await reportIn(written({ ...report, about: null, heads: `References: ${ID}\n` }))).toBeNull();
  expect(await reportIn(written({ ...report, about: `Subject: x\nmessage-id:\n ${ID}` }))).toMatchObject({ messageId });
});

test('a mail that only looks like a report is none, and a long one is read in time', async () => {
  const plain = bounceOf(ID).replace('multipart/report', 'multipart/mixed');
  expect(await reportIn(plain)).toBeNull();
  const long = { type: 'delivery-status', about: `Message-ID: ${ID}` } as const;
  const began = performance.now();
  const fields = `${'X-Long: a\n\n'.repeat(100_000)}\nAction: failed\nStatus: 5.1.1\n`;
  expect(await reportIn(written({ ...long, fields }))).toBeNull();
  expect(performance.now() - began).toBeLessThan(10_000);
});
