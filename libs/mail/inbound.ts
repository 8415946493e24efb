import type { MailReport } from './mail-report.ts';

/** Why nobody wrote a mail as an answer: it is passed over, and never answered. */
export const AUTOMATIC_SIGNS = ['loop', 'bounce', 'auto-reply', 'list', 'forged'] as const;
export type AutomaticSign = (typeof AUTOMATIC_SIGNS)[number];

/** A mail that came in, as far as the forum needs it. */
export interface InboundMail {
  /** As the sender's program made it; null for none. */
  readonly messageId: string | null;
  /** Null for none and for several. */
  readonly from: string | null;
  /** Every address that it may have been sent to, headers of the delivery included. */
  readonly to: readonly string[];
  /** What the sender wrote, without what is quoted, without signatures. */
  readonly text: string;
  readonly attachments: number;
  readonly automatic: AutomaticSign | null;
  /** What it reports of another mail; null for nothing that matters. */
  readonly report: MailReport | null;
}

/** What the thread that reads mails answers: null for a mail that cannot be read. */
export type InboundAnswer = InboundMail | null;
