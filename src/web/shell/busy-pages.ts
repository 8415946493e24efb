import type { Frame } from './frame.ts';

const kept = new Map<string, string>();

/**
 * The page for readers when the forum is overloaded, made once for each language, since it is asked for most when there
 * is least time. `again` is the address for the next try.
 */
export function busyPage({ translator: { t, locale } }: Frame, again: string, retryAfterSeconds: number): string {
  const [before, after] = halvesOf(locale, () => {
    const title = escaped(t('error.title503'));
    const text = escaped(t('error.text503', { count: retryAfterSeconds }));
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`;
    const body = `<h1>${title}</h1><p>${text}</p><p><a href="${SPLIT}">${escaped(t('error.again'))}</a></p>`;
    return `<!doctype html><html lang="${locale}"><head>${head}</head><body>${body}</body></html>`;
  });
  return `${before}${escaped(again)}${after}`;
}

const SPLIT = '\0';

function halvesOf(locale: string, make: () => string): readonly [string, string] {
  const page = kept.get(locale) ?? make();
  kept.set(locale, page);
  const at = page.indexOf(SPLIT);
  return [page.slice(0, at), page.slice(at + SPLIT.length)];
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
