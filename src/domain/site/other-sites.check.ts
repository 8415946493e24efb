import { DomainError } from '../../../libs/kernel/index.ts';
import {
  MOST_EMBED_ORIGINS,
  MOST_PAGE_ALIASES,
  MOST_QUERY_NAMES,
  MOST_SITE_ADDRESS,
  TEXT_LIMITS,
} from '../../../libs/words/index.ts';
import { addressPrefix } from '../post/page-address.ts';
import { isUnder, type PageAlias, type PageQueryRule, type PageRules } from '../post/page-rules.ts';
import { invalid, textOf } from '../text.ts';
import type { SiteName } from './site.settings.ts';
import { webOriginOf } from './web-origin.ts';

/** As the name of a parameter stands in an address, decoded. */
const PARAMETER = /^[^\s&=#]{1,60}$/u;

export function checkedSiteNames(names: readonly SiteName[]): readonly SiteName[] {
  most(names, 'siteNames', MOST_EMBED_ORIGINS);
  const checked = names.map(({ origin, name }, at) => ({
    origin: originIn(origin, `siteNames.${at}.origin`),
    name: textOf(name, `siteNames.${at}.name`, TEXT_LIMITS.siteName),
  }));
  return eachOnce(checked, 'siteNames');
}

export function checkedQueries(rules: readonly PageQueryRule[]): readonly PageQueryRule[] {
  most(rules, 'pageQueries', MOST_EMBED_ORIGINS);
  const checked = rules.map(({ origin, rule, names }, at) => {
    const field = `pageQueries.${at}.names`;
    most(names, field, MOST_QUERY_NAMES);
    const wrong = names.find((name) => !PARAMETER.test(name));
    if (wrong !== undefined) throw invalid(field, 'must be names of parameters such as id');
    return { origin: originIn(origin, `pageQueries.${at}.origin`), rule, names: [...new Set(names)].sort() };
  });
  return eachOnce(checked, 'pageQueries');
}

/** An alias leads to the last address at once, so that no address is followed in a circle. */
export function checkedAliases(aliases: readonly PageAlias[]): readonly PageAlias[] {
  most(aliases, 'pageAliases', MOST_PAGE_ALIASES);
  const checked = aliases.map(({ from, to }, at) => ({
    from: prefixIn(from, `pageAliases.${at}.from`),
    to: prefixIn(to, `pageAliases.${at}.to`),
  }));
  checked.forEach(({ from, to }, at) => {
    if (from === to) throw invalid(`pageAliases.${at}.to`, 'is the same address');
    const twin = checked.findIndex((other) => other.from === from);
    if (twin < at) throw invalid(`pageAliases.${at}.from`, `has an alias already: the one of place ${twin + 1}`);
    const next = checked.findIndex((other, place) => place !== at && leadsOn(to, other));
    if (next >= 0) {
      throw invalid(
        `pageAliases.${at}.to`,
        `is moved on by the alias of place ${next + 1}; name the address where it ends, ${checked[next]?.to}`,
      );
    }
  });
  return checked;
}

/** Throws DomainError `invalid`. */
export function checkedPageRules({ pageAliases, pageQueries }: PageRules): PageRules {
  return { pageAliases: checkedAliases(pageAliases), pageQueries: checkedQueries(pageQueries) };
}

/** What the rule about the present addresses of aliases compares. */
export interface AliasesAndOrigins {
  readonly pageAliases: readonly PageAlias[];
  readonly embedOrigins: readonly string[];
}

/**
 * An alias to a site that may not show discussions would leave those of its pages without any place: it is refused, and so
 * is taking such a site's leave. Throws DomainError `invalid`.
 */
export function requireAllowedPresent(wish: Partial<AliasesAndOrigins>, before: AliasesAndOrigins): void {
  const { pageAliases = before.pageAliases, embedOrigins = before.embedOrigins } = wish;
  const allowed = new Set(embedOrigins.map(webOriginOf));
  const isLost = ({ to }: PageAlias): boolean => {
    const origin = URL.parse(to)?.origin;
    return origin !== undefined && !allowed.has(origin);
  };
  if (wish.pageAliases !== undefined) {
    const at = pageAliases.findIndex(isLost);
    if (at < 0) return;
    throw invalid(`pageAliases.${at}.to`, 'must be of an origin of embedOrigins, or its pages have no discussion');
  }
  if (wish.embedOrigins === undefined) return;
  const lost = pageAliases.find((one) => isLost(one) && before.embedOrigins.includes(URL.parse(one.to)?.origin ?? ''));
  if (lost) throw invalid('embedOrigins', `must include the origin of ${lost.to}, to which an alias leads`);
}

/** Whether something at or below this address would be moved by the other alias. */
function leadsOn(to: string, other: PageAlias): boolean {
  if (isUnder(other.from, to) && !isUnder(to, other.to)) return true;
  return isUnder(to, other.from) && !isUnder(to, other.to);
}

function most(list: readonly unknown[], field: string, limit: number): void {
  if (list.length > limit) throw invalid(field, `must be ${limit} at most`);
}

function eachOnce<Entry extends { readonly origin: string }>(list: readonly Entry[], field: string): readonly Entry[] {
  const at = list.findIndex(({ origin }, place) => list.findIndex((other) => other.origin === origin) < place);
  if (at >= 0) throw invalid(`${field}.${at}.origin`, 'stands there twice');
  return list;
}

function originIn(text: string, field: string): string {
  const origin = webOriginOf(text);
  if (origin === null) throw invalid(field, 'must be an origin such as https://blog.example');
  return origin;
}

function prefixIn(text: string, field: string): string {
  try {
    const prefix = addressPrefix(text);
    if (prefix.length <= MOST_SITE_ADDRESS) return prefix;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  throw invalid(
    field,
    `must be an http(s) address without a query, of ${MOST_SITE_ADDRESS} characters at most, such as https://blog.example/a/`,
  );
}
