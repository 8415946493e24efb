import { DomainError } from '../../../libs/kernel/index.ts';
import type { SentFile } from '../../access/request.ts';

/** The most fields and files of one form. */
const MOST_PARTS = 50;
/** Bytes: name, file name and type of one part. */
const LONGEST_HEAD_BYTES = 4096;
const END_OF_HEAD = '\r\n\r\n';

/**
 * The fields of a multipart form (RFC 7578) by name, texts and files; a field that is given twice counts as missing.
 * Throws DomainError `malformed`.
 */
export async function formWithFiles(body: Buffer, contentType: string): Promise<Record<string, string | SentFile>> {
  const parts = [...(await parsed(body, contentType))];
  if (parts.length > MOST_PARTS) throw tooMany();
  const names = parts.map(([name]) => name);
  const once = parts.filter(([name]) => names.indexOf(name) === names.lastIndexOf(name) && name !== '__proto__');
  const read = once.map(async ([name, value]): Promise<[string, string | SentFile]> => [name, await contentOf(value)]);
  return Object.fromEntries(await Promise.all(read));
}

async function parsed(body: Buffer, contentType: string): Promise<FormData> {
  requireFewParts(body, contentType);
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new DomainError('malformed', 'The form is not as RFC 7578 has it.');
  }
}

/**
 * Refuses what would keep the parser long: very many parts, or a long head of a part. Looking for the boundaries alone takes
 * less than a millisecond a megabyte.
 */
function requireFewParts(body: Buffer, contentType: string): void {
  const boundary = boundaryIn(contentType);
  if (boundary === undefined) return;
  const delimiter = Buffer.from(`--${boundary}`);
  let parts = 0;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    parts += 1;
    if (parts > MOST_PARTS + 1) throw tooMany();
    const rest = body.subarray(at, at + delimiter.length + LONGEST_HEAD_BYTES);
    const isLast = rest.subarray(delimiter.length).toString('latin1', 0, 2) === '--';
    if (!isLast && !rest.includes(END_OF_HEAD)) throw new DomainError('malformed', 'The head of a field is too long.');
  }
}

function boundaryIn(contentType: string): string | undefined {
  const [, after = ''] = contentType.split(/boundary=/i);
  return after.split(/[\s";,]/).find((part) => part !== '');
}

function tooMany(): DomainError {
  return new DomainError('malformed', `A form has ${MOST_PARTS} fields at most.`);
}

async function contentOf(value: FormDataEntryValue): Promise<string | SentFile> {
  if (typeof value === 'string') return value;
  return { bytes: new Uint8Array(await value.arrayBuffer()), type: value.type };
}
