const names = new Map<string, Intl.DisplayNames>();

/** A language's name in the reader's own; its code where that is not known. */
export function languageName(code: string, { locale }: { readonly locale: string }): string {
  const known = names.get(locale) ?? new Intl.DisplayNames([locale], { type: 'language' });
  names.set(locale, known);
  return known.of(code) ?? code;
}
