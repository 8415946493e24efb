import type { FastifyRequest } from 'fastify';

/** Bytes; longer forms are not kept. */
const MOST_BYTES = 1024 * 1024;

/**
 * The fields of a form that was refused before its body was read; undefined for anything but a form with a text.
 * Passwords are left out.
 */
export async function readUnreadForm({
  raw,
  headers,
  body,
}: FastifyRequest): Promise<Readonly<Record<string, string>> | undefined> {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  if (!isForm || body !== undefined || Number(headers['content-length'] ?? Number.NaN) > MOST_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of raw) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
  }
  const fields = [...new URLSearchParams(Buffer.concat(chunks).toString('utf8'))];
  const kept = Object.fromEntries(fields.filter(([name]) => !/password/i.test(name)).slice(0, 20));
  return kept['body'] ? kept : undefined;
}
