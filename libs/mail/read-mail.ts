import type { ReadMail } from './port.ts';

const DEEPEST_PARTS = 20;
const MOST_HEADER_BYTES = 65_536;

/** Reads a MIME message; whatever is missing is empty. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  // Read where somebody opens a mail: few forums do, and a start does not wait for it.
  const { default: reader } = await import('postal-mime');
  const { subject, from, to, text, html } = await reader.parse(raw, {
    maxNestingDepth: DEEPEST_PARTS,
    maxHeadersSize: MOST_HEADER_BYTES,
  });
  return {
    subject: subject ?? '',
    from: from?.address ?? '',
    to: (to ?? []).flatMap(({ address }) => address ?? []).join(', '),
    text: text ?? '',
    html: html ?? null,
  };
}
