import { Slices, withoutTail } from '../kernel/index.ts';

/** UTF-16 units that are encoded at a stretch: about a millisecond. */
const PIECE = 8_192;
/** One less than the most (RFC 2045): a soft line break may follow the last line. */
const LINE = 75;
/** Of base64, whose lines have 76 characters. */
const LINE_BYTES = 57;
const HALF_PAIR = /[\uD800-\uDBFF]$/;

/** The encodings of parts that may stand in many mails. */
export type KeptEncoding = 'quoted-printable' | 'base64';

/** A long text that stands in many mails, encoded once for all of them, in slices. */
export interface KeptText {
  readonly encoding: KeptEncoding;
  /** In whole lines of a mail; what follows needs a line break in front. */
  readonly encoded: string;
}

/** What is one mail's own, around what it has in common with others. */
export interface AroundKept {
  readonly before: string;
  readonly kept: KeptText;
  readonly after: string;
}

/** Keeps a text in the encoding that takes fewer bytes. */
export async function keptText(text: string): Promise<KeptText> {
  const { encode, wrap } = await import('nodemailer/lib/qp');
  const slices = new Slices();
  const pieces = [...piecesOf(text)];
  const quoted: string[] = [];
  for (const piece of pieces) quoted.push(await slices.run(() => encode(piece)));
  const bytes = Buffer.byteLength(text);
  const isQuoted = quoted.reduce((all, { length }) => all + length, 0) < (bytes * 4) / 3;
  const lines: string[] = [];
  if (isQuoted) {
    for (const piece of quoted) lines.push(await slices.run(() => wrap(piece, LINE).replaceAll(/(?<!\r)\n/g, '\r\n')));
    return { encoding: 'quoted-printable', encoded: lines.join('=\r\n') };
  }
  const padded = Buffer.from(paddedTo(text, bytes));
  for (let at = 0; at < padded.length; at += LINE_BYTES * 256) {
    lines.push(await slices.run(() => base64Lines(padded.subarray(at, at + LINE_BYTES * 256))));
  }
  return { encoding: 'base64', encoded: lines.join('\r\n') };
}

/** The same encoding for all three, so that they can stand one after the other. */
export async function encodedAround({ before, kept, after }: AroundKept): Promise<readonly [string, string]> {
  if (kept.encoding === 'base64') {
    const head = base64Lines(Buffer.from(paddedTo(before, Buffer.byteLength(before))));
    return [head === '' ? '' : `${head}\r\n`, `\r\n${base64Lines(Buffer.from(after))}`];
  }
  const { encode, wrap } = await import('nodemailer/lib/qp');
  const head = wrap(encode(before), LINE);
  return [head === '' ? '' : `${head}=\r\n`, `=\r\n${wrap(encode(after), LINE)}`];
}

/** Blanks, in front of the breaks that end the text, up to whole lines of base64. */
function paddedTo(text: string, bytes: number): string {
  const missing = (LINE_BYTES - (bytes % LINE_BYTES)) % LINE_BYTES;
  const words = withoutTail(text, /\n/);
  return words + ' '.repeat(missing) + text.slice(words.length);
}

function base64Lines(bytes: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += LINE_BYTES) {
    lines.push(bytes.subarray(at, at + LINE_BYTES).toString('base64'));
  }
  return lines.join('\r\n');
}

/** No character is divided. A blank at the end of a piece is encoded, as one at the end of a line is. */
function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    let to = Math.min(at + PIECE, text.length);
    if (to < text.length && HALF_PAIR.test(text.slice(to - 1, to))) to += 1;
    yield text.slice(at, to);
    at = to;
  }
}
