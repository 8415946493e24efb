/** Added to the number of a stream's kind: no text in UTF-8 begins with such a byte. */
export const FIRST_CODE = 0x80;
export const STREAM_CODES = 0x40;
