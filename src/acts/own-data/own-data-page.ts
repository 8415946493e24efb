import { escapedHtml, isRecord } from '../../../libs/kernel/index.ts';
import type { OwnSectionName } from '../../views/own-data/own-data.query-types.ts';
import type { DataWords, PackOptions } from './words.ts';

/** No font and no image is fetched: the page is read from a disk, in light and dark, and on paper. */
const STYLE = `:root{color-scheme:light dark;--line:light-dark(#d9d2c5,#3b3833);--quiet:light-dark(#5d574d,#b3ab9d);--link:light-dark(#0b5d66,#7fd0d8)}
*{box-sizing:border-box}body{font:1.06rem/1.6 system-ui,"Noto Sans",sans-serif;max-width:44rem;margin:0 auto;padding:2rem 1rem 4rem;background:light-dark(#fbf8f2,#1b1a18);color:light-dark(#211f1b,#ece6da)}
:is(:lang(th),:lang(lo),:lang(km),:lang(my)){line-height:1.85}a{color:var(--link)}h1{font-size:1.7rem;line-height:1.3}h2{font-size:1.35rem;margin:0}h3{font-size:1.05rem;margin:0 0 .25rem}
nav ul{columns:2 14rem;padding-left:1.2rem}section{margin-top:2.5rem;border-top:2px solid var(--line);padding-top:1rem}.file,.at,.hint,.none{color:var(--quiet);font-size:.9rem;margin:.1rem 0 .6rem}
article{border-top:1px solid var(--line);padding:1rem 0}section>article:first-of-type{border-top:0}.text,dd{white-space:pre-wrap;overflow-wrap:anywhere}.text{margin:0 0 .6rem}.status{font-weight:600}
dl{display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.2rem 1rem;margin:0}dt{color:var(--quiet)}dd{margin:0}@media(max-width:30rem){dl{display:block}dd{margin:0 0 .5rem}}
details{margin:.4rem 0}summary{cursor:pointer;padding:.4rem 0;color:var(--link)}details article{padding:.5rem 0 .5rem 1rem}@media print{body{background:none;color:#000}nav{display:none}}`;

export function headOfPage(options: PackOptions, sections: readonly OwnSectionName[]): string {
  const { words, handle, site } = options;
  const at = options.moments.format(new Date(options.at));
  const title = escapedHtml(words.t('title', { handle, site }));
  const places = sections.map((name) => `<li><a href="#${name}">${escapedHtml(words.t(name))}</a></li>`);
  return `<!doctype html>
<html lang="${words.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>${STYLE}</style></head><body><main>
<h1>${title}</h1><p>${escapedHtml(words.t('made', { at }))}</p><p class="hint">${escapedHtml(words.t('left'))}</p>
<nav aria-label="${escapedHtml(words.t('contents'))}"><h2>${escapedHtml(words.t('contents'))}</h2><ul>${places.join('')}</ul></nav>
`;
}

export function sectionHead(name: OwnSectionName, { t }: DataWords): string {
  return `<section aria-labelledby="${name}"><h2 id="${name}">${escapedHtml(t(name))}</h2><p class="file"><a href="${name}.json">${name}.json</a></p>\n`;
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
  return '</main></body></html>\n';
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
