import { DomainError } from '../../../libs/kernel/index.ts';
import type { SentFile } from '../../access/request.ts';

/** The most fields and files of one form. */
const MOST_PARTS = 50;

/**
 * The fields of a multipart form (RFC 7578) by name, texts and files; a field that is given twice counts as missing.
 * Throws DomainError `malformed`.
 */
export async function formWithFiles(body: Buffer, contentType: string): Promise<Record<string, string | SentFile>> {
  const parts = [...(await parsed(body, contentType))];
  if (parts.length > MOST_PARTS) throw new DomainError('malformed', `A form has ${MOST_PARTS} fields at most.`);
  const names = parts.map(([name]) => name);
  const once = parts.filter(([name]) => names.indexOf(name) === names.lastIndexOf(name) && name !== '__proto__');
  const read = once.map(async ([name, value]): Promise<[string, string | SentFile]> => [name, await contentOf(value)]);
  return Object.fromEntries(await Promise.all(read));
}

async function parsed(body: Buffer, contentType: string): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new DomainError('malformed', 'The form is not as RFC 7578 has it.');
  }
}

async function contentOf(value: FormDataEntryValue): Promise<string | SentFile> {
  if (typeof value === 'string') return value;
  return { bytes: new Uint8Array(await value.arrayBuffer()), type: value.type };
}
