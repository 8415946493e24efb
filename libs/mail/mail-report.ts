import type { Attachment } from 'mailparser';

/** What a mail server or the operator of mailboxes reports of a mail of ours. */
export interface MailReport {
  /** `bounced`: there is no such mailbox; `refused`: it was not taken this time. */
  readonly kind: 'bounced' | 'refused' | 'complaint';
  /** RFC 3463; null where none was given. */
  readonly status: string | null;
  /** The Message-ID of the mail that it is about, without its brackets. */
  readonly messageId: string;
}

/** The bytes of a part of a report that are looked at. */
const MOST_BYTES = 65_536;
const STATUS = /^([245]\.\d{1,3}\.\d{1,3})\b/;
/**
 * The codes of a mailbox that is none, or never takes mails (RFC 3463): an unknown one, a domain that is none, or a server that
 * only says that it failed for ever. All others are of this mail, of its sender, or pass.
 */
const NO_MAILBOX = /^5\.(0\.0|1\.(0|1|2|3|4|6|10)|2\.1|4\.4)$/;
/** Of complaints (RFC 5965); `not-spam` and what is told of signatures are none. */
const COMPLAINTS = ['abuse', 'fraud', 'virus', 'other', 'opt-out', 'opt-out-list'];
const RETURNED = [
  'message/rfc822',
  'message/rfc822-headers',
  'text/rfc822-headers',
  'message/global',
  'message/global-headers',
];

/** Null for what tells of no failure for good and of no complaint, and for what names no mail. */
export function mailReport(parts: readonly Pick<Attachment, 'contentType' | 'content'>[]): MailReport | null {
  const textOf = (types: readonly string[]): string | undefined => {
    const part = parts.find(({ contentType }) => types.includes(contentType.toLowerCase()));
    return part?.content.subarray(0, MOST_BYTES).toString('latin1');
  };
  const messageId = /^<([^<>\s]{1,300})>/.exec(fieldsOf(headOf(textOf(RETURNED) ?? '')).get('message-id') ?? '')?.[1];
  if (messageId === undefined) return null;
  const feedback = textOf(['message/feedback-report']);
  if (feedback !== undefined) {
    const isMeant = COMPLAINTS.includes(fieldsOf(feedback).get('feedback-type')?.toLowerCase() ?? '');
    return isMeant ? { kind: 'complaint', status: null, messageId } : null;
  }
  const status = failedStatus(textOf(['message/delivery-status', 'message/global-delivery-status']) ?? '');
  if (status === null) return null;
  return { kind: NO_MAILBOX.test(status) ? 'bounced' : 'refused', status, messageId };
}

/** The code of the first receiver to whom nobody tries any more (RFC 3464); null where it is only late, or came. */
function failedStatus(text: string): string | null {
  const groups = text.split(/\r?\n[ \t]*\r?\n/).map(fieldsOf);
  const failed = groups.find((fields) => /^failed\b/i.test(fields.get('action') ?? ''));
  return failed === undefined ? null : (STATUS.exec(failed.get('status') ?? '')?.[1] ?? null);
}

function headOf(mail: string): string {
  return mail.trimStart().split(/\r?\n\r?\n/, 1)[0] ?? '';
}

/** The first of each name, in lower case. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== '' && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}
