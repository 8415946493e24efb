import EmailReplyParser from 'email-reply-parser';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { automaticSign } from './automatic-sign.ts';
import type { InboundMail } from './inbound.ts';
import { type MailReport, mailReport } from './mail-report.ts';

/** The addresses of one mail that are looked at. */
const MOST_ADDRESSES = 50;
/** UTF-16 units of HTML of which a reply is read. */
const MOST_HTML = 200_000;
/**
 * UTF-16 units of text of which a reply is read, four comments of the longest, and its lines: more than a comment can have, where
 * no two that follow each other are empty. What is cut off is quoted, or of a text that is too long anyway. The
 * parser of replies takes a few seconds for the worst of these, and four times that for twice as many.
 */
const MOST_TEXT = 40_000;
const MOST_LINES = 6_700;
/** Where programs of the delivery name the address that a mail really came to. */
const DELIVERED = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to', 'x-envelope-to'];
const ADDRESS = /[^\s<>,;:"]{1,64}@[^\s<>,;:"]{1,255}/g;
/** "-- " begins a signature (RFC 3676, 4.3); many programs lose the blank. */
const SIGNATURE = /^(-- ?|—|__+)$/m;

/** Reads a MIME message in whatever charset; `own` are the forum's senders. Rejects for what is no mail. */
export async function parseInbound(raw: Buffer, own: readonly string[]): Promise<InboundMail> {
  const parsed = await simpleParser(raw, { skipTextToHtml: true, maxHtmlLengthToParse: MOST_HTML });
  const from = senderOf(parsed);
  const { headerLines: lines, subject = '' } = parsed;
  return {
    messageId: parsed.messageId ?? null,
    from,
    to: addressedTo(parsed),
    text: ownWords((parsed.text ?? '').slice(0, MOST_TEXT)),
    attachments: parsed.attachments.length,
    automatic: automaticSign({ lines, from, subject, own }),
    report: isReport(parsed) ? await reportIn(raw) : null,
  };
}

function isReport({ headerLines }: ParsedMail): boolean {
  return headerLines.some(
    ({ key, line }) => key === 'content-type' && /^content-type:\s*multipart\/report\b/i.test(line),
  );
}

/** Read once more, with the parts of the report kept apart. */
async function reportIn(raw: Buffer): Promise<MailReport | null> {
  const { attachments } = await simpleParser(raw, {
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: MOST_HTML,
  });
  return mailReport(attachments);
}

/** The text above what is quoted, without a signature. */
export function ownWords(text: string): string {
  const visible = new EmailReplyParser().read(withoutGaps(text)).getVisibleText();
  return (visible.split(SIGNATURE, 1)[0] ?? '').trim();
}

/** The first lines, without blanks at their ends, and with one empty line for any number of them. */
function withoutGaps(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  return lines
    .filter((line, n) => line !== '' || lines[n - 1] !== '')
    .slice(0, MOST_LINES)
    .join('\n');
}

/** Null unless there is one: whoever checks another one of two senders would let both through. */
function senderOf({ from, headerLines }: ParsedMail): string | null {
  const senders = mailboxesOf(from);
  const isOne = senders.length === 1 && headerLines.filter(({ key }) => key === 'from').length === 1;
  return isOne ? (senders[0] ?? null) : null;
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
