import { expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import type { Json } from '../../../libs/kernel/index.ts';
import { mailsView } from './mails.view.ts';

const id = (n: number): string => `0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0${String(n).padStart(3, '0')}`;

test('mails go some days after they were settled, and links when their key is destroyed, by the times of the log', () => {
  const db = new Database(':memory:');
  db.exec(mailsView.schema);
  const project = mailsView.open(db);
  let position = 0n;
  const tell = (type: string, data: Json, day: number): void => {
    position += 1n;
    const at = new Date(Date.parse('2026-01-01T12:00:00.000Z') + day * 86_400_000).toISOString();
    const about = { id: id(Number(position)), stream: 's', revision: 0n, position, recordedAt: at, occurredAt: at };
    const event: RecordedEvent = {
      ...about,
      actor: 'system',
      correlationId: 'c',
      causationId: null,
      type,
      data,
      sealed: null,
    };
    project(event);
  };
  const mails = () => db.prepare('SELECT state FROM mail ORDER BY cause').pluck().all();
  const links = () => db.prepare('SELECT count(*) FROM link').pluck().get();
  tell(
    'LeaseTaken.v1',
    { reactor: 'mail', holder: 'a', until: '2026-01-01T12:00:30.000Z', term: 1, begins: ['test'] },
    0,
  );
  for (const n of [1, 2]) tell('TestMailAsked.v1', { testId: id(100 + n), memberId: id(200) }, 0);
  const [settled] = db.prepare<[], Buffer>('SELECT id FROM mail ORDER BY cause').pluck().all();
  const mailId = (settled ?? Buffer.alloc(16)).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  tell('MailSettled.v1', { mailId, outcome: 'sent' }, 1);
  tell('SiteChanged.v1', { mailDays: 10 }, 2);
  tell(
    'LinkRequested.v1',
    { linkId: id(300), purpose: 'reset', expiresAt: '2026-01-03T13:00:00.000Z', since: null },
    11,
  );
  expect([mails(), links()]).toEqual([['sent', 'waiting'], 1]);
  tell('KeyDestroyed.v1', { keyId: 'k', stream: `comment-${id(300)}` }, 11);
  tell('KeyDestroyed.v1', { keyId: 'k', stream: `link-${id(300)}` }, 12);
  expect([mails(), links()]).toEqual([['waiting'], 0]);
});
