import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import { runCli } from '../../src/cli/program.ts';
import { PROCESS } from '../../src/cli/terminal.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { outboxReplyTo } from '../support/outbox-mails.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let asker: TestMember;
let post: Post;
let root: Comment;

beforeAll(async () => {
  forum = await startForum({ reacts: true, env: { MAIL_REPLY_TO: 'reply+{token}@forum.example' } });
  const admin = await forum.admin();
  asker = await forum.member('asker');
  const token = await mailedLink(forum, 'confirm', asker.member.id);
  await fetch(`${forum.url}/confirm/${token}`, { method: 'POST', body: new URLSearchParams() });
  post = await forum.publish(admin);
  root = await forum.comment(asker, post.id);
  await forum.comment(admin, post.id, { parentId: root.id, body: 'By boat' });
});
afterAll(() => forum.close());

async function inbound(mail: string, dataDir = forum.dataDir, words: readonly string[] = ['--json']) {
  const [out, said]: [string[], string[]] = [[], []];
  const status = await runCli(['inbound', ...words], {
    ...PROCESS,
    environment: { DATA_DIR: dataDir },
    input: Readable.from([Buffer.from(mail)]),
    out: (line) => out.push(line),
    say: (line) => said.push(line),
  });
  return { status, out, said };
}

test('a mail from standard input is a comment, signed by the secrets of the forum itself', async () => {
  const to = await outboxReplyTo(forum.dataDir, 'asker@example.org');
  const mail = `From: asker@example.org\r\nTo: ${to}\r\nMessage-ID: <1@x>\r\n\r\nThank you.`;
  const { status, out, said } = await inbound(mail);
  expect({ status, said }).toEqual({ status: 0, said: [] });
  const { commentId } = JSON.parse(out[0] ?? '{}');
  expect(await forum.done('GET', `/api/v1/comments/${commentId}`)).toMatchObject({ body: 'Thank you.', depth: 2 });
  expect(await inbound(mail, forum.dataDir, [])).toEqual({
    status: 0,
    out: [],
    said: [`posted: comment ${commentId}`],
  });
});

test('what nobody wrote as an answer is done with, too', async () => {
  expect(await inbound('Return-Path: <>\r\n\r\nGone', forum.dataDir, [])).toEqual({
    status: 0,
    out: [],
    said: ['ignored: bounce'],
  });
});

test('without a running forum it ends with 75, so that the mail server tries again', async () => {
  const { status, said } = await inbound('From: a@example.org\r\n\r\nA mail', `${forum.dataDir}/nowhere`);
  expect(status).toBe(75);
  expect(said).toEqual([expect.stringMatching(/no forum is running/)]);
});

test('a mail that is too long is refused', async () => {
  const { status, said } = await inbound('a'.repeat(10 * 1024 * 1024 + 1));
  expect([status, said]).toEqual([1, [expect.stringMatching(/10485760 bytes at most/)]]);
});
