import { describe, test } from '@jest/globals';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import { AnswerMailedReply, AskTestMail, RecordMailFault, RetryMail, SettleMail } from './mail.commands.ts';
import { mailDecider } from './mail.decider.ts';
import type { MailEvent } from './mail.events.ts';
import { mailedReplyDecider } from './mailed-reply.decider.ts';
import { testMailDecider } from './test-mail.decider.ts';

const mailId = '0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01';
const MINUTES = [1, 5, 30, 120, 720];
const failed = (attempt: number, reason = 'DATA 554'): MailEvent => {
  const nextAt = new Date(Date.parse(NOW) + (MINUTES[attempt - 1] ?? 0) * 60_000).toISOString();
  return { type: 'MailFailed.v1', data: { mailId, attempt, reason, nextAt }, personal: null };
};
const settled: MailEvent = { type: 'MailSettled.v1', data: { mailId, outcome: 'sent' }, personal: null };
const givenUp: MailEvent = { type: 'MailGivenUp.v1', data: { mailId, reason: 'DATA 554' }, personal: null };
const retried: MailEvent = { type: 'MailRetried.v1', data: { mailId }, personal: null };
const fault = (reason = 'DATA 554', isFinal = false) => new RecordMailFault({ mailId, reason, isFinal }, metaOf());
const settle = new SettleMail({ mailId, outcome: 'sent' }, metaOf());
const retry = new RetryMail({ mailId }, metaOf());

describe('a mail', () => {
  test('is settled once, whatever comes later', () => {
    given(mailDecider, []).when(settle, null).then([settled]);
    for (const command of [settle, fault(), retry]) given(mailDecider, [settled]).when(command, null).then([]);
  });

  test('is tried again after 1, 5 and 30 minutes, 2 and 12 hours, and then given up', () => {
    const failures: MailEvent[] = [];
    for (let attempt = 1; attempt <= MINUTES.length; attempt += 1) {
      given(mailDecider, failures)
        .when(fault(), null)
        .then([failed(attempt)]);
      failures.push(failed(attempt));
    }
    given(mailDecider, failures).when(fault(), null).then([givenUp]);
    given(mailDecider, [...failures, givenUp])
      .when(fault(), null)
      .then([]);
    given(mailDecider, [...failures, givenUp])
      .when(settle, null)
      .then([settled]);
  });

  test('to an address that does not exist is given up at once', () => {
    given(mailDecider, []).when(fault('DATA 554', true), null).then([givenUp]);
  });

  test('that failed starts anew when an admin says so; one that has not cannot be tried again', () => {
    given(mailDecider, [failed(1), givenUp])
      .when(retry, null)
      .then([retried]);
    given(mailDecider, [failed(1)])
      .when(retry, null)
      .then([retried]);
    given(mailDecider, [failed(1), givenUp, retried])
      .when(fault(), null)
      .then([failed(1)]);
    given(mailDecider, []).when(retry, null).thenRefused('not_found');
    given(mailDecider, [failed(1), retried])
      .when(retry, null)
      .thenRefused('not_found');
  });

  test.each(['<a@example.org> unknown', 'x'.repeat(101), '', 'two\nlines'])(
    'keeps no words that are not the codes of a fault: %j',
    (words) => {
      given(mailDecider, [])
        .when(fault(words), null)
        .then([failed(1, 'UNTOLD')]);
    },
  );
});

test('a test mail is asked for once', () => {
  const data = { testId: mailId, memberId: mailId };
  const asked = { type: 'TestMailAsked.v1', data, personal: null } as const;
  given(testMailDecider, []).when(new AskTestMail(data, metaOf()), null).then([asked]);
  given(testMailDecider, [asked]).when(new AskTestMail(data, metaOf()), null).then([]);
});

test('a mail is answered once, however often it comes', () => {
  const data = { answerId: mailId, memberId: mailId, commentId: mailId, answer: 'closed' } as const;
  const answered = { type: 'MailedReplyAnswered.v1', data, personal: null } as const;
  const other = new AnswerMailedReply({ ...data, answer: 'expired' }, metaOf());
  given(mailedReplyDecider, []).when(new AnswerMailedReply(data, metaOf()), null).then([answered]);
  given(mailedReplyDecider, [answered]).when(other, null).then([]);
});
