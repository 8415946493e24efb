import type { IssueAct } from '../words/index.ts';
import type { Count } from './formats.ts';

export interface IssueWish {
  readonly do: IssueAct;
}

/** How far an issue of the newsletter is, and what came of it. */
export interface IssueProgress {
  readonly state: 'unsent' | 'sending' | 'stopped' | 'finished';
  /** Those who get it: of an issue that was not sent yet, all who get the newsletter now. */
  readonly readers: Count;
  readonly sent: Count;
  /** Given up, or of readers who had left. */
  readonly unsent: Count;
  /** Mails on their way. */
  readonly waiting: Count;
  /** Mailboxes that are none. */
  readonly bounced: Count;
  /** Mails that were not taken this time. */
  readonly refused: Count;
  readonly complained: Count;
  /** Those who left after it, and before the next one. */
  readonly left: Count;
}
