import { type Decider, DomainError, unreachable } from '../../../libs/kernel/index.ts';
import { MAIL_FAULT_PATTERN, type MailState } from '../../../libs/words/index.ts';
import type { MailCommand, RecordMailFault, RetryMail } from './mail.commands.ts';
import type { MailEvent } from './mail.events.ts';

const MINUTE_MS = 60_000;
/** The pauses after the first failure and each later one: 1, 5 and 30 minutes, 2 and 12 hours. */
const RETRY_AFTER_MS = [1, 5, 30, 2 * 60, 12 * 60].map((minutes) => minutes * MINUTE_MS);
/** What is told of a fault whose own words cannot be kept. */
const UNTOLD = 'UNTOLD';

export interface MailRecord {
  state: MailState;
  /** Since the beginning, or since an admin had it tried again. */
  failures: number;
}

/** A mail is settled once; until then each failure leads to a later attempt, and the last one gives it up. */
export const mailDecider: Decider<MailRecord, MailCommand, MailEvent, null> = {
  initial: () => ({ state: 'waiting', failures: 0 }),
  decide: (command, mail) => {
    if (mail.state === 'sent' || mail.state === 'no-receiver') return [];
    switch (command.type) {
      case 'SettleMail':
        return [{ type: 'MailSettled.v1', data: command.data, personal: null }];
      case 'RecordMailFault':
        return fail(command, mail);
      case 'RetryMail':
        return retry(command, mail);
      default:
        return unreachable(command);
    }
  },
  evolve: (mail, fact) => {
    switch (fact.type) {
      case 'MailSettled.v1':
        mail.state = fact.data.outcome;
        return mail;
      case 'MailFailed.v1':
        mail.state = 'failed';
        mail.failures = fact.data.attempt;
        return mail;
      case 'MailGivenUp.v1':
        mail.state = 'given-up';
        return mail;
      case 'MailRetried.v1':
        mail.state = 'waiting';
        mail.failures = 0;
        return mail;
      default:
        return unreachable(fact);
    }
  },
};

/** A fault after the mail was given up is one of an attempt that was still under way. */
function fail({ data, meta }: RecordMailFault, mail: MailRecord): readonly MailEvent[] {
  if (mail.state === 'given-up') return [];
  const { mailId } = data;
  const reason = MAIL_FAULT_PATTERN.test(data.reason) ? data.reason : UNTOLD;
  const pause = RETRY_AFTER_MS[mail.failures];
  if (data.isFinal || pause === undefined) {
    return [{ type: 'MailGivenUp.v1', data: { mailId, reason }, personal: null }];
  }
  const nextAt = new Date(Date.parse(meta.now) + pause).toISOString();
  return [{ type: 'MailFailed.v1', data: { mailId, attempt: mail.failures + 1, reason, nextAt }, personal: null }];
}

function retry({ data }: RetryMail, { state }: MailRecord): readonly MailEvent[] {
  if (state === 'waiting') throw new DomainError('not_found', 'No such mail has failed.');
  return [{ type: 'MailRetried.v1', data, personal: null }];
}
