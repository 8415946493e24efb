/**
 * The first byte of a packed value. Texts of up to 127 bytes, references and small numbers have their length or value
 * in it. Stored rows have these bytes for ever: a tag may be added, and none changes.
 */
export const TAG = {
  null: 0x00,
  false: 0x01,
  true: 0x02,
  /** 16 bytes. */
  uuid: 0x03,
  /** Its length, and UTF-8. */
  longText: 0x04,
  /** Its length, and JSON: what has no shorter form, such as a list. */
  json: 0x05,
  /** Six bytes, big-endian: milliseconds since 1970. */
  time: 0x06,
  /** Milliseconds after or before the event was recorded: twice as many, one less for a time before. */
  timeNear: 0x07,
  /** A whole number from 0. */
  number: 0x08,
  /** The n-th UUID of the event: those of its stream, its own, then as they come in the body. */
  reference: 0x10,
  /** A whole number from 0 to 63. */
  smallNumber: 0x40,
  shortText: 0x80,
} as const;

export const REFERENCES = TAG.smallNumber - TAG.reference;
export const SMALL_NUMBERS = TAG.shortText - TAG.smallNumber;
export const SHORT_TEXT = 0x100 - TAG.shortText;
/** The largest packed whole number, and the longest time near: beyond it JSON and whole times have their place. */
export const MOST_NUMBER = 2 ** 45;
export const TIME_BYTES = 6;
