import { Command } from '../../../libs/kernel/index.ts';
import type { MailedReplyAnswered, MailSettled, TestMailAsked } from './mail.events.ts';

/** Sent when a mail was taken by the mail server, or nobody can be its receiver. */
export class SettleMail extends Command<MailSettled['data']> {
  readonly type = 'SettleMail';
}

/** Sent when an attempt failed. `isFinal`: the receiver's server knows no such address. */
export class RecordMailFault extends Command<{
  readonly mailId: string;
  readonly reason: string;
  readonly isFinal: boolean;
}> {
  readonly type = 'RecordMailFault';
}

/** Has a mail that failed or was given up tried again at once. */
export class RetryMail extends Command<{ readonly mailId: string }> {
  readonly type = 'RetryMail';
}

export class AskTestMail extends Command<TestMailAsked['data']> {
  readonly type = 'AskTestMail';
}

/** Has a member told what became of an answer by mail. */
export class AnswerMailedReply extends Command<MailedReplyAnswered['data']> {
  readonly type = 'AnswerMailedReply';
}

export type MailCommand = SettleMail | RecordMailFault | RetryMail;
