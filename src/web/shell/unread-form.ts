import type { FastifyRequest } from 'fastify';
import { fieldsIn } from '../../access/image-form.ts';

export type SentFields = Readonly<Record<string, string>>;

const MOST_FIELDS = 200;

/**
 * The fields of a form that was refused, read or not; undefined for anything but a form. Passwords are left out, and a
 * form that is larger than its address takes has only its beginning, without the text.
 */
export async function sentFieldsOf(request: FastifyRequest): Promise<SentFields | undefined> {
  const { headers, body } = request;
  const type = headers['content-type'] ?? '';
  const { takesImage, takesFiles, takesExport } = request.routeOptions.config;
  const takesParts = takesImage === 'with-fields' || takesFiles === true || takesExport === true;
  if (type.startsWith('multipart/form-data') && takesParts) {
    const fields = body === undefined ? textsBefore((await beginningOf(request)).bytes, type) : entriesOf(body);
    return keptOf(fields);
  }
  if (!type.startsWith('application/x-www-form-urlencoded')) return undefined;
  if (body !== undefined) return keptOf(entriesOf(body));
  const { bytes, isWhole } = await beginningOf(request);
  const fields = [...new URLSearchParams(bytes.toString('utf8'))];
  // The last one is cut, and a text before it is too long as well.
  return keptOf(isWhole ? fields : fields.slice(0, -1).filter(([name]) => name !== 'body'));
}

/** The texts of a form in parts, as far as it came; its file comes behind them. */
function textsBefore(bytes: Buffer, contentType: string): readonly (readonly [string, string])[] {
  const [, boundary = ''] = /boundary="?([^";,\s]+)/i.exec(contentType) ?? [];
  if (boundary === '') return [];
  const whole = bytes.toString('utf8').split(`--${boundary}`).slice(1, -1);
  return whole.flatMap((part) => {
    const [head = '', ...texts] = part.split('\r\n\r\n');
    const [, name] = /\bname="([^"]*)"/.exec(head) ?? [];
    return name === undefined || head.includes('filename=')
      ? []
      : [[name, texts.join('\r\n\r\n').replace(/\r\n$/, '')]];
  });
}

function entriesOf(body: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(Object(fieldsIn(body)));
}

function keptOf(fields: readonly (readonly [string, unknown])[]): SentFields {
  const kept: Record<string, string> = {};
  for (const [name, value] of fields.slice(0, MOST_FIELDS))
    if (typeof value === 'string' && !/password/i.test(name)) kept[name] = value;
  return kept;
}

/**
 * As much of the body as its address takes. The rest is read and dropped, since a browser shows the answer once it has sent its
 * form, and none where the connection ends before that; who sends for longer than bodies may take is cut off.
 */
async function beginningOf({
  raw,
  routeOptions: { bodyLimit },
}: FastifyRequest): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let [kept, come] = [0, 0];
  for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
    come += chunk.length;
    if (kept === bodyLimit) continue;
    const bytes = Buffer.from(chunk).subarray(0, bodyLimit - kept);
    kept += bytes.length;
    chunks.push(bytes);
  }
  return { bytes: Buffer.concat(chunks, kept), isWhole: come === kept };
}
