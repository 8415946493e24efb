import type { Fact } from '../../../libs/kernel/index.ts';
import {
  MAIL_OUTCOMES,
  MAILED_REPLY_ANSWERS,
  type MailedReplyAnswer,
  type MailOutcome,
} from '../../../libs/words/index.ts';
import { anyOf, type Catalogue } from '../catalogue-entry.ts';

/** Stream `mail-<mailId>`; the id is made of the event that caused the mail, its kind and its receiver. */
export type MailSettled = Fact<'MailSettled.v1', { readonly mailId: string; readonly outcome: MailOutcome }, null>;
export type MailFailed = Fact<
  'MailFailed.v1',
  {
    readonly mailId: string;
    /** 1 for the first; counted anew after MailRetried. */
    readonly attempt: number;
    readonly reason: string;
    /** RFC 3339, UTC. */
    readonly nextAt: string;
  },
  null
>;
export type MailGivenUp = Fact<'MailGivenUp.v1', { readonly mailId: string; readonly reason: string }, null>;
export type MailRetried = Fact<'MailRetried.v1', { readonly mailId: string }, null>;
/** Stream `test-mail-<testId>`, with this one event. */
export type TestMailAsked = Fact<'TestMailAsked.v1', { readonly testId: string; readonly memberId: string }, null>;
/** Stream `mailed-reply-<answerId>`, with this one event. */
export type MailedReplyAnswered = Fact<
  'MailedReplyAnswered.v1',
  {
    readonly answerId: string;
    readonly memberId: string;
    readonly commentId: string;
    readonly answer: MailedReplyAnswer;
  },
  null
>;

export type MailEvent = MailSettled | MailFailed | MailGivenUp | MailRetried;
export type TestMailEvent = TestMailAsked;
export type MailedReplyEvent = MailedReplyAnswered;

const MAIL_STREAM = 'mail-<mailId>';
const MEANS_MAIL = 'The mail: made of the id of the event that caused it, the kind of letter and the receiver.';
const MEANS_REASON =
  'The step that failed and the codes of the fault; never the words of a mail server, which may name the receiver.';

export const MAIL_EVENTS: Catalogue<MailEvent> = {
  'MailSettled.v1': {
    stream: MAIL_STREAM,
    sentence:
      'A mail needs no further attempt. Recorded after the mail server has taken it, so a server that dies between the two sends it once more, with the same Message-ID.',
    data: { mailId: MEANS_MAIL, outcome: `${anyOf(MAIL_OUTCOMES)}: nobody has an address that it could go to.` },
    personal: null,
  },
  'MailFailed.v1': {
    stream: MAIL_STREAM,
    sentence: 'A mail could not be sent, and is tried again later.',
    data: {
      mailId: MEANS_MAIL,
      attempt: 'The number of the attempt, from 1.',
      reason: MEANS_REASON,
      nextAt: 'When it is tried again (RFC 3339, UTC).',
    },
    personal: null,
  },
  'MailGivenUp.v1': {
    stream: MAIL_STREAM,
    sentence: 'A mail could not be sent, and is not tried again unless an admin says so.',
    data: { mailId: MEANS_MAIL, reason: MEANS_REASON },
    personal: null,
  },
  'MailRetried.v1': {
    stream: MAIL_STREAM,
    sentence: 'An admin has a mail tried again.',
    data: { mailId: MEANS_MAIL },
    personal: null,
  },
};

export const TEST_MAIL_EVENTS: Catalogue<TestMailEvent> = {
  'TestMailAsked.v1': {
    stream: 'test-mail-<testId>',
    sentence: 'An admin asked for a mail to see whether mails arrive.',
    data: { testId: 'The test.', memberId: 'The admin, who gets it.' },
    personal: null,
  },
};

export const MAILED_REPLY_EVENTS: Catalogue<MailedReplyEvent> = {
  'MailedReplyAnswered.v1': {
    stream: 'mailed-reply-<answerId>',
    sentence: 'A member who answered a mail is told by mail that the answer is no comment, or not all of it.',
    data: {
      answerId: "Made of the member and the mail's Message-ID, so that a mail is answered once.",
      memberId: 'The member.',
      commentId: 'The comment that the mail told of.',
      answer: `${anyOf(MAILED_REPLY_ANSWERS)}.`,
    },
    personal: null,
  },
};
