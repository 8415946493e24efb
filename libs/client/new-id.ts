/** Random digits replace each 0; one of the digits that name the variant replaces the 8. */
const FORM = '00000000-0000-4000-8000-000000000000';

/**
 * A random UUID (RFC 9562, version 4) for things that a client posts. It also works on pages that came over plain HTTP,
 * where browsers lack `crypto.randomUUID`.
 */
export function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(FORM.length));
  return FORM.replace(/[08]/g, (place, at: number) =>
    (((random[at] ?? 0) & (place === '0' ? 15 : 3)) | Number(place)).toString(16),
  );
}
