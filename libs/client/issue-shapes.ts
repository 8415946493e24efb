import type { IssueAct } from '../words/index.ts';

export interface IssueWish {
  readonly do: IssueAct;
}

/** How far an issue of the newsletter is, and what came of it. */
export interface IssueProgress {
  readonly state: 'unsent' | 'sending' | 'stopped' | 'finished';
  /** Those who get it: of an issue that was not sent yet, all who get the newsletter now. */
  readonly readers: number;
  readonly sent: number;
  /** Given up, or of readers who had left. */
  readonly unsent: number;
  /** Mails on their way. */
  readonly waiting: number;
  /** Mailboxes that are none. */
  readonly bounced: number;
  /** Mails that were not taken this time. */
  readonly refused: number;
  readonly complained: number;
  /** Those who left after it, and before the next one. */
  readonly left: number;
}
