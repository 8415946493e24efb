import { expect, test } from '@jest/globals';
import type { WrittenMail } from '../../../libs/mail/index.ts';
import { MailReacting } from './mail-reactor.ts';

test('a mail whose words changed while it was written is written anew before it is handed over', async () => {
  const sent: WrittenMail[] = [];
  let made = 0;
  const site = { name: 'Forum', publicUrl: 'https://forum.example', locale: 'en', timeZone: 'UTC', accent: null };
  const reacting = new MailReacting({
    commands: { execute: () => Promise.resolve({ position: 7n, revision: 0n, repeated: false, facts: [] }) },
    work: () => Promise.reject(new Error('not asked')),
    compose: () => {
      made += 1;
      const [subject, isOld] = [`Issue ${made}`, made < 3];
      const to = { name: '', address: 'a@example.org' };
      return Promise.resolve({ to, locale: 'en', subject, body: '', isOld: () => isOld });
    },
    site: () => Promise.resolve({ ...site, shownOn: [], sends: true }),
    from: () => ({ name: 'Forum', address: 'forum@example.org' }),
    transport: {
      atOnce: 1,
      send: (mail) => {
        sent.push(mail);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
    onNoMailbox: () => Promise.resolve(),
    onMail: () => undefined,
    onProblem: (reason) => expect(reason).toBe(''),
  });
  const mail = { mailId: 'm', kind: 'newsletter', receiver: 'r', cause: 5n, at: '2026-11-01T08:00:00.000Z' } as const;
  await reacting.act(mail, () => false);
  expect(sent.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]?.trim())).toEqual(['Issue 3']);
});
