import type { FastifyRequest } from 'fastify';

export type SentFields = Readonly<Record<string, string>>;

/** Bytes that are waited for at most: a browser shows the answer once it has sent its form. */
const MOST_AWAITED = 8 * 1024 * 1024;
const MOST_FIELDS = 20;

/**
 * The fields of a form that was refused, read or not; undefined for anything but a form. Passwords are left out, and a
 * form that is larger than its address takes has only its beginning, without the text.
 */
export async function sentFieldsOf(request: FastifyRequest): Promise<SentFields | undefined> {
  const { headers, body } = request;
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) return undefined;
  if (body !== undefined) return keptOf(Object.entries(Object(body)));
  const { bytes, isWhole } = await beginningOf(request);
  const fields = [...new URLSearchParams(bytes.toString('utf8'))];
  // The last one is cut, and a text before it is too long as well.
  return keptOf(isWhole ? fields : fields.slice(0, -1).filter(([name]) => name !== 'body'));
}

function keptOf(fields: readonly (readonly [string, unknown])[]): SentFields {
  const kept: Record<string, string> = {};
  for (const [name, value] of fields.slice(0, MOST_FIELDS))
    if (typeof value === 'string' && !/password/i.test(name)) kept[name] = value;
  return kept;
}

/** As much of the body as its address takes. */
async function beginningOf({
  raw,
  routeOptions: { bodyLimit },
}: FastifyRequest): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let [kept, come] = [0, 0];
  for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk).subarray(0, bodyLimit - kept);
    come += chunk.length;
    kept += bytes.length;
    chunks.push(bytes);
    if (come > MOST_AWAITED) break;
  }
  return { bytes: Buffer.concat(chunks, kept), isWhole: come === kept };
}
