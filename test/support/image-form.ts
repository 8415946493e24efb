/** A field of a form: a text, or the bytes of a file. */
export type Field = readonly [name: string, value: string | Uint8Array];

const BOUNDARY = 'a-boundary-of-tests';

/** The name and type that a sender states say nothing, so they are wrong on purpose. */
const STATED = 'filename="notes.txt"\r\nContent-Type: text/plain';

export interface SentForm {
  readonly headers: { readonly 'content-type': string };
  readonly raw: Buffer;
}

/** A form in parts (RFC 7578), as it is sent. */
export function formOf(fields: readonly Field[]): SentForm {
  const parts = fields.flatMap(([name, value]) => [
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"`),
    Buffer.from(typeof value === 'string' ? '\r\n\r\n' : `; ${STATED}\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  const raw = Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
  return { headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }, raw };
}
