import EmailReplyParser from 'email-reply-parser';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { automaticSign } from './automatic-sign.ts';
import type { InboundMail } from './inbound.ts';

/** The addresses of one mail that are looked at. */
const MOST_ADDRESSES = 50;
/** UTF-16 units of text, and of HTML, of which a reply is read; what follows is quoted. */
const MOST_TEXT = 200_000;
/** Where programs of the delivery name the address that a mail really came to. */
const DELIVERED = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to', 'x-envelope-to'];
const ADDRESS = /[^\s<>,;:"]{1,64}@[^\s<>,;:"]{1,255}/g;
/** "-- " begins a signature (RFC 3676, 4.3); many programs lose the blank. */
const SIGNATURE = /^(-- ?|—|__+)$/m;

/** Reads a MIME message in whatever charset; `own` are the forum's senders. Rejects for what is no mail. */
export async function parseInbound(raw: Buffer, own: readonly string[]): Promise<InboundMail> {
  const parsed = await simpleParser(raw, { skipTextToHtml: true, maxHtmlLengthToParse: MOST_TEXT });
  const senders = mailboxesOf(parsed.from);
  const from = senders.length === 1 ? (senders[0] ?? null) : null;
  const { headerLines: lines, subject = '' } = parsed;
  return {
    messageId: parsed.messageId ?? null,
    from,
    to: addressedTo(parsed),
    text: ownWords((parsed.text ?? '').slice(0, MOST_TEXT)),
    attachments: parsed.attachments.length,
    automatic: automaticSign({ lines, from, subject, own }),
  };
}

/** The text above what is quoted, without a signature. */
export function ownWords(text: string): string {
  const visible = new EmailReplyParser().read(text.replaceAll('\r\n', '\n')).getVisibleText();
  return (visible.split(SIGNATURE, 1)[0] ?? '').trim();
}

function addressedTo({ to, cc, headerLines }: ParsedMail): readonly string[] {
  const delivered = headerLines
    .filter(({ key }) => DELIVERED.includes(key))
    .flatMap(({ line }) => line.match(ADDRESS) ?? []);
  const named = [to, cc].flat().flatMap(mailboxesOf);
  return [...delivered, ...named].slice(0, MOST_ADDRESSES);
}

function mailboxesOf(addresses: AddressObject | undefined): readonly string[] {
  return (addresses?.value ?? []).flatMap(({ address }) => (address ? [address] : []));
}
