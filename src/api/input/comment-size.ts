/** The longest body, and live frame, without a long text, in bytes. */
export const BODY_LIMIT = 64 * 1024;

/** The most bytes of one character: two JSON escapes, `\ud83d\ude00`, or four of a form, `%F0%9F%98%80`. */
const BYTES_A_CHARACTER = 12;
/** A text that is too long by this factor is still read, in whatever encoding, so that the answer names its field. */
const TIMES_AS_LONG = 2;
/** Bytes for the other fields and the frame. */
const REST_BYTES = 4 * 1024;

/** The longest body or live frame in bytes that carries a comment of `mostCharacters`; never less than BODY_LIMIT. */
export function commentBytes(mostCharacters: number): number {
  return Math.max(BODY_LIMIT, TIMES_AS_LONG * BYTES_A_CHARACTER * mostCharacters + REST_BYTES);
}
