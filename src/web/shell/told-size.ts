import type { Translator } from './i18n/translate.ts';

const KIBIBYTE = 1_024;
const MEBIBYTE = 1_048_576;

/**
 * Bytes as people read them, of a few megabytes with one digit behind the point: rounded down, so that nobody is told that more
 * may be sent, or is free, than there is. A KB is 1,024 bytes, an MB 1,024 of these.
 */
export function toldSize(bytes: number, { number }: Pick<Translator, 'number'>): string {
  if (bytes < MEBIBYTE) return `${number(Math.floor(bytes / KIBIBYTE))} KB`;
  const tenths = Math.floor((bytes * 10) / MEBIBYTE);
  return `${number(tenths < 100 ? tenths / 10 : Math.floor(tenths / 10))} MB`;
}
