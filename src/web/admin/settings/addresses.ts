import type { PageParameters, Site, SiteWish } from '../../../../libs/client/index.ts';
import { QUERY_RULES } from '../../../../libs/words/index.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import type { Check } from '../../shell/form-checks.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { oneOf } from '../../shell/one-of.ts';
import type { Typed } from '../../shell/typed.ts';
import { linesOf, linkIn } from './lines.ts';

/** What the form about the addresses of other sites asks for: each line of its fields is an entry. */
export function addressesIn(text: (name: string) => string) {
  return {
    siteNames: linesOf(text('siteNames')).map((line) => {
      const { label, href } = linkIn(line);
      return { name: label, origin: href };
    }),
    pageAliases: linesOf(text('pageAliases')).map((line) => {
      const [from = '', to = ''] = wordsOf(line);
      return { from, to };
    }),
    pageQueries: linesOf(text('pageQueries')).flatMap((line) => parametersIn(line) ?? []),
  } satisfies SiteWish;
}

/** The lines of the settings in force. */
export function addressLines({ siteNames = [], pageAliases = [], pageQueries = [] }: Site): Typed {
  return {
    siteNames: siteNames.map(({ origin, name }) => `${name} ${origin}`).join('\n'),
    pageAliases: pageAliases.map(({ from, to }) => `${from} ${to}`).join('\n'),
    pageQueries: pageQueries.map(({ origin, rule, names }) => [origin, rule, ...names].join(' ')).join('\n'),
  };
}

/** Pages that have moved to a site that may show no discussion: told at the field which makes it so. */
export function lostPages(typed: Typed, site: Site, { t }: Translator): FieldErrors {
  const { embedOrigins = [], pageAliases = [] } = site;
  const [origins, aliases] = [typed['embedOrigins'], typed['pageAliases']];
  const allowed = origins === undefined ? embedOrigins : linesOf(origins).map((one) => URL.parse(one)?.origin);
  const moved = aliases === undefined ? pageAliases.map(({ to }) => to) : linesOf(aliases).map(presentIn);
  const stands = moved.map((to) => URL.parse(to)?.origin);
  const lost = stands.find((origin) => origin !== undefined && !allowed.includes(origin));
  if (lost === undefined) return {};
  if (aliases !== undefined) return { pageAliases: t('site.wrong.present', { origin: lost }) };
  return origins !== undefined && embedOrigins.includes(lost)
    ? { embedOrigins: t('site.wrong.lost', { origin: lost }) }
    : {};
}

function presentIn(line: string): string {
  return wordsOf(line)[1] ?? '';
}

export const ADDRESS_CHECKS: Readonly<Record<string, Check>> = {
  siteNames: everyLine((line) => linkIn(line).href !== ''),
  pageAliases: everyLine((line) => wordsOf(line).length === 2),
  pageQueries: everyLine((line) => parametersIn(line) !== null),
};

/** An origin is typed with its scheme, which most people leave out. */
export const embedOrigins: Check = (value, { t }) => {
  const wrong = linesOf(value).find((line) => !isOrigin(line));
  return wrong === undefined ? null : t('site.wrong.origin', { line: wrong.slice(0, 60) });
};

function isOrigin(line: string): boolean {
  const { protocol, pathname } = URL.parse(line) ?? {};
  return (protocol === 'https:' || protocol === 'http:') && pathname === '/';
}

function everyLine(isRight: (line: string) => boolean): Check {
  return (value, { t }) => {
    const wrong = linesOf(value).find((line) => !isRight(line));
    return wrong === undefined ? null : t('site.wrong.line', { line: wrong.slice(0, 60) });
  };
}

/** Null for a line without an origin and one of the words for what is done with the names that follow. */
function parametersIn(line: string): PageParameters | null {
  const [origin = '', word = '', ...names] = wordsOf(line);
  const rule = oneOf(QUERY_RULES, word);
  return rule === undefined ? null : { origin, rule, names };
}

function wordsOf(line: string): readonly string[] {
  return line.split(/\s+/u).filter((word) => word !== '');
}
