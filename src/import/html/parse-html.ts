import domino from '@mixmark-io/domino';

/** No end tag in the HTML can close it, since nobody else uses its name. */
const ROOT = 'x-imported';

/** The HTML as a browser would read it, under one root element. */
export function parseHtml(html: string): HTMLElement {
  const document = domino.createDocument(`<!DOCTYPE html><body><${ROOT}>${html}</${ROOT}>`, true);
  return document.querySelector<HTMLElement>(ROOT) ?? document.body;
}

/** What a reader sees of the HTML, on one line: for titles, names and tags. */
export function plainText(html: string): string {
  const text = /[<&]/.test(html) ? (parseHtml(html).textContent ?? '') : html;
  return text.replace(/\s+/g, ' ').trim();
}
