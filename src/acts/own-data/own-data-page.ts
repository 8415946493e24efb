import { escapedHtml, isRecord } from '../../../libs/kernel/index.ts';
import type { OwnSectionName } from '../../views/own-data/own-data.query-types.ts';
import type { DataWords, PackOptions } from './words.ts';

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
article{border-top:1px solid #8888;padding:.5rem 0}dt{font-weight:600}dd{margin:0 0 .5rem;white-space:pre-wrap;overflow-wrap:anywhere}`;

export function headOfPage(options: PackOptions): string {
  const { words, handle, site } = options;
  const at = options.moments.format(new Date(options.at));
  const title = escapedHtml(words.t('title', { handle, site }));
  return `<!doctype html>
<html lang="${words.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head><body>
<h1>${title}</h1><p>${escapedHtml(words.t('made', { at }))}</p><p>${escapedHtml(words.t('left'))}</p>
`;
}

export function sectionHead(name: OwnSectionName, { t }: DataWords): string {
  return `<h2 id="${name}">${escapedHtml(t(name))}</h2><p><a href="${name}.json">${name}.json</a></p>\n`;
}

/** One entry, as names and values; a text keeps its lines. */
export function entryHtml({ what, at, ...entry }: Readonly<Record<string, unknown>>, options: PackOptions): string {
  const head = typeof what === 'string' ? `<h3>${escapedHtml(eventInWords(what))}</h3>` : '';
  const time = at === undefined ? '' : `<p>${valueHtml(at, options)}</p>`;
  const rows = Object.entries(entry)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `<dt>${escapedHtml(inWords(name))}</dt><dd>${valueHtml(value, options)}</dd>`);
  return `<article>${head}${time}<dl>${rows.join('')}</dl></article>\n`;
}

/** `MemberRegistered.v2` → "Member registered"; files for programs keep the name itself. */
function eventInWords(type: string): string {
  const words = inWords(type.replace(/\.v\d+$/u, ''));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `displayName` → "display name". */
function inWords(name: string): string {
  return name.replaceAll(/\B[A-Z]/gu, (letter) => ` ${letter}`).toLowerCase();
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/u;

export function endOfPage(): string {
  return '</body></html>\n';
}

function valueHtml(value: unknown, options: PackOptions): string {
  if (Array.isArray(value)) return value.map((item) => `<div>${valueHtml(item, options)}</div>`).join('');
  if (typeof value === 'string' && MOMENT.test(value)) {
    return `<time datetime="${value}">${escapedHtml(options.moments.format(new Date(value)))}</time>`;
  }
  if (!isRecord(value)) return escapedHtml(String(value));
  const parts = Object.entries(value).filter(([, part]) => part !== null);
  return parts
    .map(([name, part]) => `<small>${escapedHtml(inWords(name))}</small> ${valueHtml(part, options)} `)
    .join('');
}
