import { isMailAddress } from '../kernel/index.ts';
import type { AroundKept } from './kept-text.ts';

/** A name and an address, as headers show them. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

const NAMED = /^([^<>"\p{C}]{0,200})<([^<>]{1,320})>$/u;

/** Reads `Name <name@host>` or `name@host`; undefined for anything else. */
export function mailboxIn(text: string): Mailbox | undefined {
  const [, name = '', inside = text] = NAMED.exec(text.trim()) ?? [];
  const address = inside.trim();
  return isMailAddress(address) ? { name: name.trim(), address } : undefined;
}

/** A mail before it is written down. */
export interface MailContent {
  /** Makes the Message-ID, so a mail that is sent again is recognised. A UUID. */
  readonly id: string;
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string | AroundKept;
  readonly html: string | AroundKept;
  /** BCP 47. */
  readonly locale: string;
  /** RFC 3339. */
  readonly date: string;
  /** Where one press ends mails like this one (RFC 8058). */
  readonly leave?: string;
  /** Where answers go, unless to the sender. */
  readonly replyTo?: string;
  /** The id of what it is about: mails with the same one stand together in mail programs. A UUID. */
  readonly thread?: string;
  /** The ids of what it tells of, for a place that keeps mails and has to find those that tell of one. UUIDs. */
  readonly about?: readonly string[];
}

/** A mail as it travels. */
export interface WrittenMail {
  readonly id: string;
  /** When the event that caused it was recorded, RFC 3339: the same however often it is sent. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** The whole MIME message, in UTF-8 on its way. */
  readonly raw: string;
  /** The ids of what it tells of; told to no receiver. */
  readonly about?: readonly string[];
}

/** A mail as a person reads it. */
export interface ReadMail {
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Null for a mail without HTML. */
  readonly html: string | null;
}

/** Where mails go. */
export interface MailTransport {
  /** The mails that it takes side by side. */
  readonly atOnce: number;
  /** Resolves when the mail is in others' hands or on disk. Throws MailFault. */
  send(mail: WrittenMail): Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/** A mail was not sent, as far as can be known. */
export class MailFault extends Error {
  override readonly name = 'MailFault';
  /** The step and the codes, without a server's own words, since these may name the receiver. */
  readonly reason: string;
  /** Whether the receiver's server said that there is no such address. */
  readonly isFinal: boolean;

  constructor(reason: string, options: ErrorOptions & { readonly isFinal?: boolean } = {}) {
    super(`the mail was not sent: ${reason}`, options);
    this.reason = reason;
    this.isFinal = options.isFinal ?? false;
  }
}
