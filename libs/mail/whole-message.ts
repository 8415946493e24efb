import type { MailComposerOptions } from 'nodemailer/lib/mail-composer';
import type MimeNode from 'nodemailer/lib/mime-node';
import { type AroundKept, encodedAround } from './kept-text.ts';

/** The most characters of an encoded line (RFC 2045). */
const LINE = 76;
/** A line break that is not one of MIME yet. */
const BARE_BREAK = /(?<!\r)\n/g;

/** The packages are read with the first mail: no start waits for them. */
async function openWriter() {
  const [{ default: Composer }, { encode, wrap }] = await Promise.all([
    import('nodemailer/lib/mail-composer'),
    import('nodemailer/lib/qp'),
  ]);
  return { compile: (options: MailComposerOptions) => new Composer(options).compile(), encode, wrap };
}

type Writer = Awaited<ReturnType<typeof openWriter>>;

let opening: Promise<Writer> | undefined;

/** The headers of parts, which say what they contain and nothing else: there are a dozen at most. */
const partHeads = new Map<string, string>();

/** What stands in place of a kept text until all else is written; no encoding makes these characters. */
const placeOf = (at: number): string => `\u0001${at}\u0001`;

/** The plain text of a message, and its HTML. */
export interface MessageTexts {
  readonly text: string | AroundKept;
  readonly html: string | AroundKept;
}

/**
 * A message whose parts are texts, as nodemailer writes it, to be sent as UTF-8. Its own way makes ten streams for each part
 * and takes several turns of the loop, in which they grow old: of a mail to each of thousands of members that was half of
 * what the collector had to find.
 */
export async function wholeMessage({ text, html, ...options }: MailComposerOptions & MessageTexts): Promise<string> {
  opening ??= openWriter();
  const writer = await opening;
  const kept: Kept[] = [];
  const whole = { ...options, text: await contentOf(text, kept), html: await contentOf(html, kept) };
  const written = `${nodeText(writer.compile(whole), writer, kept)}\r\n`.replaceAll(BARE_BREAK, '\r\n');
  return kept.reduce((all, { encoded }, at) => all.replace(placeOf(at), () => encoded), written);
}

interface Kept {
  readonly encoding: string;
  readonly before: string;
  readonly encoded: string;
  readonly after: string;
}

/** The place of a kept text, as nodemailer gets it. */
async function contentOf(content: string | AroundKept, kept: Kept[]): Promise<string> {
  if (typeof content === 'string') return content;
  const [before, after] = await encodedAround(content);
  return placeOf(kept.push({ ...content.kept, before, after }) - 1);
}

/** Headers, and the content or the parts below, without what ends the last line. */
function nodeText(node: MimeNode, writer: Writer, kept: readonly Kept[]): string {
  const isPart = node.rootNode !== node && node.childNodes.length === 0;
  const own = kept.find((_, at) => node.content === placeOf(at));
  if (own !== undefined) node.setHeader('Content-Transfer-Encoding', own.encoding);
  const head = `${isPart ? partHead(node) : node.buildHeaders()}\r\n\r\n`;
  if (own !== undefined) return `${head}${own.before}${String(node.content)}${own.after}`;
  if (node.childNodes.length === 0) return head + contentText(node, writer);
  const parts = node.childNodes.map((part) => `--${node.boundary}\r\n${nodeText(part, writer, kept)}\r\n`);
  return `${head}${parts.join('')}--${node.boundary}--`;
}

function partHead(node: MimeNode): string {
  const key = `${String(node.getHeader('Content-Type'))} ${node.getTransferEncoding()}`;
  const head = partHeads.get(key) ?? node.buildHeaders();
  partHeads.set(key, head);
  return head;
}

function contentText(node: MimeNode, { encode, wrap }: Writer): string {
  const { content = '' } = node;
  if (typeof content !== 'string') throw new TypeError('the parts of a mail are texts');
  switch (node.getTransferEncoding()) {
    case 'quoted-printable':
      return wrap(encode(content), LINE);
    case 'base64':
      return wrapped(Buffer.from(content).toString('base64'));
    default:
      return content;
  }
}

function wrapped(text: string): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += LINE) lines.push(text.slice(at, at + LINE));
  return lines.join('\r\n');
}
