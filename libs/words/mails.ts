/** The difference between two nodes' clocks that a lease allows for, in milliseconds. */
export const LEASE_GRACE_MS = 5_000;

/** The states of a mail: due, failed and to be tried again, sent, without anybody to send it to, or given up. */
export const MAIL_STATES = ['waiting', 'failed', 'sent', 'no-receiver', 'given-up'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** The ends of a mail that needs no further attempt. */
export const MAIL_OUTCOMES = ['sent', 'no-receiver'] as const satisfies readonly MailState[];
export type MailOutcome = (typeof MAIL_OUTCOMES)[number];

/** What a failed attempt is told by: never what a server said, since it may name the receiver. */
export const MAIL_FAULT_PATTERN = /^[A-Za-z0-9][A-Za-z0-9 .:_-]{0,99}$/;

/** What a member is told of an answer by mail: why it is no comment, or that its attachments are left out. */
export const MAILED_REPLY_ANSWERS = [
  'closed',
  'too-long',
  'empty',
  'expired',
  'sanction',
  'too-fast',
  'gone',
  'refused',
  'attachments',
] as const;
export type MailedReplyAnswer = (typeof MAILED_REPLY_ANSWERS)[number];

/** The longest mail that is taken, in bytes: one with pictures, which are left out anyway. */
export const MOST_MAIL_BYTES = 10 * 1024 * 1024;
