import { type ReceiptReport, receiptWords } from '../../libs/transparency/index.ts';
import { sealVersionOf } from '../../libs/vault/index.ts';

/** The report for people, with what it says of the text in the receipt, which is sealed. */
export function sealedReceiptWords(report: ReceiptReport): readonly string[] {
  return [...receiptWords(report), ...(report.ok ? sealWords(report.line) : [])];
}

/** The receipt's statement about its sealed text. */
function sealWords(line: string | null): readonly string[] {
  const sealed = line === null ? null : sealedIn(line);
  switch (sealed === null ? undefined : sealVersionOf(sealed)) {
    case 1:
      return [
        'Its text is sealed in version 1: the receipt holds the forum to these bytes, which may open as more than one text.',
      ];
    case 2:
      return ['Its text is sealed in version 2: the receipt holds the forum to one text.'];
    case undefined:
      return [];
  }
}

function sealedIn(line: string): Uint8Array | null {
  const event: unknown = JSON.parse(line);
  const sealed: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'sealed') : null;
  return typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : null;
}
