import type { DomainError } from '../../../libs/kernel/index.ts';
import { errorWords } from './error-words.ts';
import type { Frame } from './frame.ts';
import type { Translator } from './i18n/translate.ts';

const kept = new Map<string, string>();

/**
 * The page for readers when the forum is overloaded, made once for each language, since it is asked for most when there
 * is least time. `again` is the address for the next try.
 */
export function busyPage({ translator: { t, locale } }: Frame, again: string, retryAfterSeconds: number): string {
  const [before, after] = halvesOf(locale, () => {
    const words = { title: t('error.title503'), text: t('error.text503', { count: retryAfterSeconds }) };
    return bareHtml(locale, words, `<a href="${SPLIT}">${escaped(t('error.again'))}</a>`);
  });
  return `${before}${escaped(again)}${after}`;
}

/** The page for a request that could not be read: whose it is and what it asks for is not known. */
export function plainPage(
  refusal: Pick<DomainError, 'code' | 'status' | 'retryAfterSeconds'>,
  translator: Translator,
): string {
  const { locale, t } = translator;
  return bareHtml(locale, errorWords(refusal, translator), `<a href="/">${escaped(t('error.home'))}</a>`);
}

/** `way` is HTML. */
function bareHtml(locale: string, words: { readonly title: string; readonly text: string }, way: string): string {
  const [title, text] = [escaped(words.title), escaped(words.text)];
  const looks = '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">';
  const head = `<meta charset="utf-8">${looks}<title>${title}</title>`;
  const body = `<main><h1>${title}</h1><p>${text}</p><p>${way}</p></main>`;
  return `<!doctype html><html lang="${locale}"><head>${head}</head><body>${body}</body></html>`;
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
