import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { Comment, CommentPage, Post, TakenInboundMail } from '../../libs/client/index.ts';
import { MOST_MAIL_BYTES } from '../../libs/words/index.ts';
import { commandMeta } from '../../src/access/principal.ts';
import { ReplyAddresses } from '../../src/access/reply-addresses.ts';
import { EmailConfirming } from '../../src/commands/confirm-email.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { REPLY_ADDRESSES } from '../../src/composition/mailed-reply-providers.ts';
import { AskEmailChange } from '../../src/domain/member/address.commands.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { delivered, INBOUND_PATH, INBOUND_SECRET } from '../support/inbound-mail.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let server: MailServer;
let forum: RunningForum;
let admin: TestMember;
let asker: TestMember;
let writer: TestMember;
let post: Post;
let told: Comment;
/** The address of the first mail about `told`. */
let address: string;
let count = 0;

beforeAll(async () => {
  server = await startMailServer();
  const env = { MAIL_FROM: 'forum@forum.example', MAIL_REPLY_TO: 'reply+{token}@forum.example' };
  forum = await startForum({ reacts: true, env: { SMTP_URL: server.url, INBOUND_SECRET, ...env } });
  admin = await forum.admin();
  asker = await confirmed('asker');
  writer = await confirmed('writer');
  post = await forum.publish(admin, { title: 'Ferries' });
  const root = await forum.comment(asker, post.id);
  told = await forum.comment(writer, post.id, { parentId: root.id, body: 'By **boat**' });
  await server.gets(1, isTold);
  address = replyTo(server.received.find(isTold));
});

afterAll(async () => {
  await forum.close();
  await server.close();
});

const isTold = ({ parsed }: ReceivedMail): boolean => parsed.headerLines.some(({ key }) => key === 'list-unsubscribe');
const replyTo = (mail: ReceivedMail | undefined): string => mail?.parsed.replyTo?.value[0]?.address ?? '';

async function confirmed(handle: string): Promise<TestMember> {
  const member = await forum.member(handle);
  const token = await mailedLink(forum, 'confirm', member.member.id);
  await fetch(`${forum.url}/confirm/${token}`, { method: 'POST', body: new URLSearchParams() });
  return member;
}

async function changesAddress(memberId: string, email: string): Promise<void> {
  const { app } = forum.forum;
  const meta = () => commandMeta({ memberId });
  const linkId = randomUUID();
  await app.get(CommandBus).execute(new AskEmailChange({ memberId, linkId, email }, meta()));
  await app.get(EmailConfirming).reserve({ memberId, email }, meta());
  await app.get(EmailConfirming).change({ memberId, email, linkId }, meta());
}

interface Written {
  readonly from?: string;
  readonly to?: string;
  readonly id?: string;
  readonly text?: string;
  readonly heads?: Readonly<Record<string, string>>;
}

function mail({ from = 'asker@example.org', to = address, id, text = 'Thank you.', heads = {} }: Written = {}): string {
  count += 1;
  const all = {
    From: `Somebody <${from}>`,
    To: to,
    Subject: 'Re: Ferries',
    'Message-ID': id ?? `<${count}@x>`,
    ...heads,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${lines.join('')}\r\n${text}`;
}

const send = (raw: string): Promise<Answer> => forum.call('POST', INBOUND_PATH, delivered(raw));
const take = (written: Written = {}): Promise<TakenInboundMail> =>
  forum.done('POST', INBOUND_PATH, delivered(mail(written)));
const comments = async (): Promise<CommentPage> =>
  forum.done('GET', `/api/v1/posts/${post.id}/comments?limit=100`, { token: admin.token });
const letters = (): readonly ReceivedMail[] =>
  server.received.filter((one) => !isTold(one) && one.parsed.subject?.includes('mail') === true);

test('the mail says where it is answered, and its text does, too', () => {
  const first = server.received.find(isTold);
  expect(address).toMatch(/^reply\+[0-9a-v]{48}@forum\.example$/);
  expect(first?.parsed.text).toContain('Answer this mail to answer the comment');
});

test('an answer is a comment below the one that the mail told of; the same mail again is the same comment', async () => {
  const raw = mail({ id: '<once@x>', text: 'Thank you.\n\nOn Monday, Forum wrote:\n> By boat' });
  const first = await forum.done<TakenInboundMail>('POST', INBOUND_PATH, delivered(raw));
  expect(first).toEqual({ outcome: 'posted', commentId: first.commentId, reason: null });
  const again = [raw, raw.replace('Thank you', 'Thanks')].map((one) =>
    forum.done<TakenInboundMail>('POST', INBOUND_PATH, delivered(one)),
  );
  expect(await Promise.all(again)).toEqual([first, first]);
  const { items } = await comments();
  expect(items.filter(({ parentId }) => parentId === told.id)).toMatchObject([
    { id: first.commentId, author: { handle: 'asker' }, body: 'Thank you.', status: 'visible' },
  ]);
});

describe('nobody posts', () => {
  const changed = (text: string): string => `${text.slice(0, 8)}${text.charAt(8) === 'a' ? 'b' : 'a'}${text.slice(9)}`;
  async function elsewhere(days: number, memberId: string): Promise<string> {
    const known = await forum.forum.app.get(MemberLookup).byId(memberId);
    if (known?.email == null) throw new Error('a member without an address');
    const receiver = { ...known, email: known.email };
    const addresses = forum.forum.app.get<ReplyAddresses>(REPLY_ADDRESSES, { strict: false });
    return addresses.write(told.id, receiver, Date.now() - days * 86_400_000);
  }

  test.each<[string, () => Written | Promise<Written>, Partial<TakenInboundMail>]>([
    ['from another address than the receiver’s', () => ({ from: 'writer@example.org' }), { reason: 'unknown-sender' }],
    ['from an address without an account', () => ({ from: 'nobody@example.org' }), { reason: 'unknown-sender' }],
    ['to an address that was changed', () => ({ to: changed(address) }), { reason: 'unknown-sender' }],
    [
      'to an address of another member',
      async () => ({ to: await elsewhere(0, writer.member.id) }),
      { reason: 'unknown-sender' },
    ],
    ['to no address of an answer', () => ({ to: 'forum@forum.example' }), { reason: 'unaddressed' }],
    [
      'with a sender that did not send it',
      () => ({ heads: { 'Authentication-Results': 'x; dmarc=fail' } }),
      { reason: 'forged' },
    ],
    ['out of the office', () => ({ heads: { 'Auto-Submitted': 'auto-replied' } }), { reason: 'auto-reply' }],
    ['as a bounce', () => ({ heads: { 'Return-Path': '<>' } }), { reason: 'bounce' }],
    ['in a circle', () => ({ from: 'forum@forum.example' }), { reason: 'loop' }],
  ])('%s, and nobody is told', async (_, written, found) => {
    const before = (await comments()).total;
    const mailed = letters().length;
    expect(await take(await written())).toMatchObject({ outcome: 'ignored', commentId: null, ...found });
    expect([(await comments()).total, letters().length]).toEqual([before, mailed]);
  });

  test('to what was mailed before the address was changed, also when it was changed back', async () => {
    const { member } = await confirmed('moved');
    const { id: memberId } = member;
    const first = await elsewhere(0, memberId);
    const from = 'moved@example.org';
    expect(await take({ to: first, from })).toMatchObject({ outcome: 'posted' });
    await changesAddress(memberId, 'thief@example.net');
    const thiefs = await elsewhere(0, memberId);
    expect(await take({ to: first, from: 'thief@example.net' })).toMatchObject({ reason: 'unknown-sender' });
    expect(await take({ to: thiefs, from: 'thief@example.net' })).toMatchObject({ outcome: 'posted' });
    await changesAddress(memberId, from);
    for (const to of [first, thiefs]) expect(await take({ to, from })).toMatchObject({ reason: 'unknown-sender' });
    expect(await take({ to: await elsewhere(0, memberId), from })).toMatchObject({ outcome: 'posted' });
  });

  test('without the secret, with another, or with another body than the signed one', async () => {
    const raw = mail();
    const { headers } = delivered(raw);
    const wrong = [
      { raw, headers: { 'content-type': 'message/rfc822' } },
      delivered(raw, 'another secret that is long enough'),
      { raw: `${raw}.`, ...(headers && { headers }) },
    ];
    const before = (await comments()).total;
    for (const one of wrong) expect((await forum.call('POST', INBOUND_PATH, one)).status).toBe(401);
    expect((await comments()).total).toBe(before);
  });

  test('with a mail of 20 MB, nor as anything but a mail', async () => {
    expect(MOST_MAIL_BYTES).toBeLessThan(20_000_000);
    expect((await send(mail({ text: 'a '.repeat(10_000_000) }))).status).toBe(413);
    expect((await forum.call('POST', INBOUND_PATH, { body: {} })).status).toBe(415);
    expect((await forum.call('POST', '/api/v1/posts', { ...delivered(mail()), token: admin.token })).status).toBe(415);
  });

  test('with an address that is over: the member is told so once', async () => {
    const written = { to: await elsewhere(40, asker.member.id), id: '<late@x>' };
    for (let n = 0; n < 2; n += 1) {
      expect(await take(written)).toEqual({ outcome: 'refused', commentId: null, reason: 'expired' });
    }
    await server.gets(1, ({ parsed }) => parsed.text?.includes('too old') === true);
    expect(letters().filter(({ parsed }) => parsed.text?.includes('too old'))).toHaveLength(1);
    expect(letters().at(-1)).toMatchObject({ to: ['asker@example.org'] });
  });
});

describe('while 200 senders send a mail each, slowly and under no right signature', () => {
  const dripping: Socket[] = [];
  afterAll(() => {
    for (const socket of dripping) socket.destroy();
  });

  /** Settles once the forum waits for the rest of the mail. */
  async function drip(bytes: string): Promise<void> {
    const { hostname, port } = new URL(forum.url);
    const socket = connect({ host: hostname, port: Number(port) });
    dripping.push(socket);
    const head = [
      `POST ${INBOUND_PATH} HTTP/1.1`,
      `host: ${hostname}:${port}`,
      'content-type: message/rfc822',
      `content-length: ${MOST_MAIL_BYTES}`,
      `colloquy-signature: sha256=${'0'.repeat(64)}`,
      'expect: 100-continue',
    ];
    socket.on('error', () => undefined).write(`${head.join('\r\n')}\r\n\r\n`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 100 /);
    socket.write(bytes);
  }

  test('an answer of a member gets in, and so does a large one when they have sent all that the forum keeps', async () => {
    await Promise.all(Array.from({ length: 200 }, () => drip('From')));
    expect(await take()).toMatchObject({ outcome: 'posted' });
    const [first] = dripping;
    const given = once(first ?? new Socket(), 'data');
    for (const socket of dripping) socket.write('a'.repeat(256 * 1024));
    const [refusal] = await given;
    expect(String(refusal)).toMatch(/^HTTP\/1.1 503 [\s\S]*"code":"overloaded"/);
    expect(await take({ text: `Large.\n\n-- \n${'a '.repeat(4_500_000)}` })).toMatchObject({ outcome: 'posted' });
  });
});

test('attachments are left out and told', async () => {
  const part = (head: string, body: string): string => `--b\r\n${head}\r\n\r\n${body}\r\n`;
  const text = `${part('content-type: text/plain', 'See this.')}${part('content-type: image/png\r\ncontent-disposition: attachment', 'AAAA')}--b--\r\n`;
  const taken = await take({ text, heads: { 'Content-Type': 'multipart/mixed; boundary=b' } });
  expect(taken).toMatchObject({ outcome: 'posted' });
  const { items } = await comments();
  expect(items.find(({ id }) => id === taken.commentId)?.body).toBe('See this.');
  await server.gets(1, ({ parsed }) => parsed.text?.includes('attachments are left out') === true);
});

test('nothing but a quotation, too long a text, a closed discussion and a suspension are refused and told', async () => {
  expect(await take({ text: '\n-- \nAnn' })).toMatchObject({ outcome: 'refused', reason: 'empty' });
  expect(await take({ text: 'a\n'.repeat(20_000) })).toMatchObject({ outcome: 'refused', reason: 'too-long' });
  const path = `/api/v1/posts/${post.id}/discussion`;
  await forum.done('PUT', path, { token: admin.token, body: { state: 'closed' } });
  expect(await take()).toMatchObject({ outcome: 'refused', reason: 'closed' });
  await forum.done('PUT', path, { token: admin.token, body: { state: 'open' } });
  await forum.done('POST', `/api/v1/members/${asker.member.id}/sanctions`, {
    token: admin.token,
    body: {
      kind: 'suspension',
      reason: 'spam',
      statement: 'Stop',
      until: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
  expect(await take()).toMatchObject({ outcome: 'refused', reason: 'sanction' });
  for (const words of [
    'no words of yours',
    'longer than a comment',
    'takes no more comments',
    'may not write comments',
  ]) {
    await server.gets(1, ({ parsed }) => parsed.text?.includes(words) === true);
  }
});
