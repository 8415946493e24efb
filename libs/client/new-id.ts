/** Random digits take the place of 0, and of 8 one of those that name the variant. */
const FORM = '00000000-0000-4000-8000-000000000000';

/**
 * A random UUID (RFC 9562, version 4) for what a client posts. Works on pages that came over plain HTTP too, from which
 * browsers keep `crypto.randomUUID`.
 */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(FORM.length));
  return FORM.replace(/[08]/g, (place, at: number) =>
    (((random[at] ?? 0) & (place === '0' ? 15 : 3)) | Number(place)).toString(16),
  );
}
