import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { deriveId } from '../../../libs/kernel/index.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { MailEvent } from '../../domain/mail/mail.events.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { mailQueries } from './mails.queries.ts';
import { CountMails, GetMailWork, ListMails, type MailList } from './mails.query-types.ts';

let forum: SmallForum;
let ask: QueryBus;

beforeEach(async () => {
  forum = await SmallForum.open();
  await forum.member(1);
  ask = await queryBusOf([
    ...mailQueries,
    MemberDirectory,
    { provide: VIEWS, useValue: forum.views },
    { provide: VAULT, useValue: forum.vault },
  ]);
});
afterEach(() => forum.close());

const FAR = Date.parse('2100-01-01T00:00:00.000Z');
const lease = (begins: readonly string[], holder = 'a') =>
  forum.record('lease-mail', [
    {
      type: 'LeaseTaken.v1',
      data: { reactor: 'mail', holder, until: '2026-11-26T08:00:30.000Z', term: 1, begins },
      personal: null,
    },
  ]);
const askTest = async (n: number): Promise<string> => {
  const data = { testId: idOf('test', n), memberId: idOf('member', 1) };
  await forum.record(`test-mail-${data.testId}`, [{ type: 'TestMailAsked.v1', data, personal: null }]);
  for await (const { id } of forum.store.readStream(`test-mail-${data.testId}`))
    return deriveId(id, 'test', data.memberId);
  throw new Error('nothing was recorded');
};
const tell = (mailId: string, fact: MailEvent) => forum.record(`mail-${mailId}`, [fact]);

test('what happened before a lease named a kind of letter causes none', async () => {
  await askTest(1);
  await lease(['another kind']);
  await askTest(2);
  expect((await ask.execute(new GetMailWork(FAR, 10))).due).toEqual([]);
  await lease(['test'], 'b');
  const mailId = await askTest(3);
  const work = await ask.execute(new GetMailWork(FAR, 10));
  expect(work).toEqual({
    due: [
      { mailId, kind: 'test', receiver: idOf('member', 1), cause: await forum.store.head(), at: expect.any(String) },
    ],
    nextAt: null,
    lease: { holder: 'b', until: Date.parse('2026-11-26T08:00:30.000Z') },
    begun: ['another kind', 'test'],
  });
});

test('a mail that somebody waits for goes before those that tell what is new, however long these are due', async () => {
  await lease(['test', 'told']);
  for (let n = 0; n < 5; n += 1) {
    const data = { memberId: idOf('member', n), way: 'daily', after: '1', upTo: '2' } as const;
    await forum.record(`inbox-${data.memberId}`, [{ type: 'MemberTold.v1', data, personal: null }]);
  }
  await askTest(1);
  const kinds = async (limit: number): Promise<readonly string[]> =>
    (await ask.execute(new GetMailWork(FAR, limit))).due.map(({ kind }) => kind);
  expect(await kinds(3)).toEqual(['test', 'told', 'told']);
  expect(await kinds(10)).toEqual(['test', 'told', 'told', 'told', 'told', 'told']);
  expect(await kinds(1)).toEqual(['test']);
  const { due } = await ask.execute(new GetMailWork(FAR, 10));
  const { nextAt } = await ask.execute(new GetMailWork(0, 10));
  expect(nextAt).toBe(Math.min(...due.map(({ at }) => Date.parse(at))));
});

test('a mail waits, fails, is given up, tried again and settled', async () => {
  await lease(['test']);
  const mailId = await askTest(1);
  const shown = async () => {
    const [item] = (await ask.execute(new ListMails('all', 10, null))).items;
    const { due, nextAt } = await ask.execute(new GetMailWork(Date.parse('2100-01-01T00:00:00.000Z') - 1, 10));
    const trouble = (await ask.execute(new ListMails('trouble', 10, null))).items.length;
    return { state: item?.state, attempts: item?.attempts, reason: item?.reason, due: due.length, nextAt, trouble };
  };
  expect(await shown()).toEqual({ state: 'waiting', attempts: 0, reason: null, due: 1, nextAt: null, trouble: 0 });
  const nextAt = '2100-01-01T00:00:00.000Z';
  await tell(mailId, {
    type: 'MailFailed.v1',
    data: { mailId, attempt: 1, reason: 'DATA 554', nextAt },
    personal: null,
  });
  expect(await shown()).toEqual({ state: 'failed', attempts: 1, reason: 'DATA 554', due: 0, nextAt: FAR, trouble: 1 });
  await tell(mailId, { type: 'MailGivenUp.v1', data: { mailId, reason: 'DATA 554' }, personal: null });
  expect(await shown()).toEqual({
    state: 'given-up',
    attempts: 2,
    reason: 'DATA 554',
    due: 0,
    nextAt: null,
    trouble: 1,
  });
  await tell(mailId, { type: 'MailRetried.v1', data: { mailId }, personal: null });
  expect(await shown()).toMatchObject({ state: 'waiting', attempts: 0, due: 1, trouble: 0 });
  await tell(mailId, { type: 'MailSettled.v1', data: { mailId, outcome: 'sent' }, personal: null });
  expect(await shown()).toMatchObject({ state: 'sent', reason: null, due: 0, trouble: 0 });
  await askTest(2);
  expect(await ask.execute(new CountMails())).toEqual({ waiting: 1, failed: 0, 'given-up': 0 });
});

test('the list has pages, and a rebuild gives the same rows', async () => {
  await lease(['test']);
  const mails: string[] = [];
  for (let n = 0; n < 7; n += 1) mails.unshift(await askTest(n));
  const seen: string[] = [];
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const page: MailList = await ask.execute(new ListMails('all', 3, cursor));
    seen.push(...page.items.map(({ mailId }) => mailId));
    cursor = page.next;
  }
  expect(seen).toEqual(mails);
  await expect(ask.execute(new ListMails('all', 3, 'zzzz'))).rejects.toMatchObject({ code: 'invalid' });
  expect(await forum.views.verify('mails')).toMatchObject({ equal: true });
});
