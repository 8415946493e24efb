import { isMailAddress, mailedAddress } from '../kernel/index.ts';
import { oneLine } from './one-line.ts';
import { type MailContent, MailFault, type WrittenMail } from './port.ts';
import { wholeMessage } from './whole-message.ts';

/**
 * Writes a mail as MIME: plain text and HTML of the same content. `Auto-Submitted` (RFC 3834) keeps answering machines
 * from answering. Throws MailFault for an address that no mail can go to.
 */
export async function writeMail(content: MailContent, at: string): Promise<WrittenMail> {
  const { id, from, to, subject, text, html, locale, date, leave, thread, replyTo, about } = content;
  for (const { address } of [from, to]) {
    if (!isMailAddress(address)) throw new MailFault('ADDRESS', { isFinal: true });
  }
  const receiver = mailedAddress(to.address);
  const raw = await wholeMessage({
    from: { name: oneLine(from.name), address: from.address },
    to: { name: oneLine(to.name), address: receiver },
    ...(replyTo !== undefined && { replyTo: { name: oneLine(from.name), address: replyTo } }),
    subject: oneLine(subject),
    messageId: messageIdOf(id, from.address),
    date: new Date(date),
    ...(thread !== undefined && { references: messageIdOf(thread, from.address) }),
    text,
    html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': locale,
      ...(leave !== undefined && {
        'List-Unsubscribe': { prepared: true, value: `<${leave}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { id, at, from: from.address, to: receiver, raw, ...(about !== undefined && { about }) };
}

/** The same mail has the same id, whoever sends it and however often. */
export function messageIdOf(id: string, from: string): string {
  return `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}
