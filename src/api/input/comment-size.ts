/** Bytes of a request's body, and of a live frame, where no long text is written. */
export const BODY_LIMIT = 64 * 1024;

/** What one character takes at most: two escapes of JSON, `\ud83d\ude00`, or four of a form, `%F0%9F%98%80`. */
const BYTES_A_CHARACTER = 12;
/** A text that is too long by so much is read all the same, in whatever encoding, so that the answer names its field. */
const TIMES_AS_LONG = 2;
/** The other fields, and the frame around them. */
const REST_BYTES = 4 * 1024;

/** Bytes of a body or a live frame that carries a comment of `mostCharacters` at most; never below BODY_LIMIT. */
export function commentBytes(mostCharacters: number): number {
  return Math.max(BODY_LIMIT, TIMES_AS_LONG * BYTES_A_CHARACTER * mostCharacters + REST_BYTES);
}
