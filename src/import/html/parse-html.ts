import domino from '@mixmark-io/domino';
import { replaceEnclosed } from '../tags-in.ts';
import { childrenOf } from './dom.ts';

/** No end tag in the HTML can close it, since nobody else uses its name. */
const ROOT = 'x-imported';

/** The HTML as a browser would read it, under one root element. */
export function parseHtml(html: string): HTMLElement {
  const document = domino.createDocument(`<!DOCTYPE html><body><${ROOT}>${codeKept(html)}</${ROOT}>`, true);
  const root = document.querySelector<HTMLElement>(ROOT) ?? document.body;
  for (const element of Array.from(root.getElementsByTagName('*'))) if (!NAME.test(element.nodeName)) unwrap(element);
  return root;
}

/** Names that the DOM accepts; the HTML parser also makes elements with others (`<a"b>`), which cannot be copied. */
const NAME = /^[a-z_][\w.:-]*$/i;

function unwrap(element: Element): void {
  for (const child of childrenOf(element)) element.parentNode?.insertBefore(child, element);
  element.parentNode?.removeChild(element);
}

/** Elements that hold code, up to the first end of the same name. */
export const CODE = {
  starts: /<(pre|code)\b/gi,
  ends: '>',
  closes: (name: string) => (name === 'pre' ? /<\/pre\s*>/gi : /<\/code\s*>/gi),
};
/** A `<` in code that begins none of the tags with which code is marked up. */
const BARE_LESS =
  /<(?!!--|\/?(?:a|b|big|br|code|del|div|em|font|i|img|ins|kbd|li|mark|ol|p|pre|s|samp|small|span|strike|strong|sub|sup|tt|u|ul|var)(?=[\s/>]))/gi;

/**
 * Bloggers pasted code without writing `&lt;`: unknown tags (`<stdio.h>`, `<?php`) stay text, and so does a CDATA
 * section, which HTML would hide.
 */
function codeKept(html: string): string {
  return replaceEnclosed(
    html.replaceAll('<![CDATA[', '&lt;![CDATA['),
    CODE,
    ({ name, attributes }, code, closing) => `<${name}${attributes}>${code.replace(BARE_LESS, '&lt;')}${closing}`,
  );
}

/** The text that a reader sees of the HTML, on one line: for titles, names and tags. */
export function plainText(html: string): string {
  const text = /[<&]/.test(html) ? (parseHtml(html).textContent ?? '') : html;
  return text.replace(/\s+/g, ' ').trim();
}
