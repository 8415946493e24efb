import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { OwnMember } from '../../libs/client/index.ts';
import { commandMeta } from '../../src/access/principal.ts';
import { AskTestMail } from '../../src/domain/mail/mail.commands.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

let server: MailServer;
let forum: RunningForum;

beforeAll(async () => {
  server = await startMailServer();
  forum = await startForum({ reacts: true, env: { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example' } });
});

afterAll(async () => {
  await forum.close();
  await server.close();
});

test('a mail goes to the member, in its language', async () => {
  const password = 'correct horse battery';
  const member = { handle: 'somchai', displayName: 'สมชาย', email: 'somchai@example.org', password, locale: 'th' };
  const { member: own } = await forum.done<{ member: OwnMember }>('POST', '/api/v1/members', { body: member });
  const memberId = own.id;
  await forum.forum.app
    .get(CommandBus, { strict: false })
    .execute(new AskTestMail({ testId: newId(), memberId }, commandMeta({ memberId })));
  const mails = await server.gets(2);
  expect(mails.map(({ to }) => to)).toEqual([['somchai@example.org'], ['somchai@example.org']]);
  expect(mails.map(({ parsed }) => parsed.subject).sort()).toEqual([
    'ยืนยันอีเมลของคุณสำหรับ Colloquy',
    'อีเมลทดสอบจาก Colloquy',
  ]);
  const mail = mails.find(({ parsed }) => parsed.subject === 'อีเมลทดสอบจาก Colloquy');
  expect(mail?.parsed.text).toContain(`${forum.forum.url}/admin/outbox`);
  expect(mail?.parsed.html).toContain('<html lang="th" dir="ltr">');
});
