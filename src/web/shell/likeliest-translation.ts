import type { TranslationLine } from '../../../libs/client/shapes.ts';

/** Of several that a reader reads: one of the text as it is before a stale one, and of those the one in the reader's own language. */
export function likeliest(lines: readonly TranslationLine[], locale: string): TranslationLine | undefined {
  const current = lines.filter(({ stale = false }) => !stale);
  const among = current.length > 0 ? current : lines;
  return among.find(({ language }) => language === locale) ?? among[0];
}
