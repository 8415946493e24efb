import type { QueryRule } from '../../../libs/words/index.ts';

/** Where pages stood before, and where the same pages stand now: two addresses without a query, each with all below it. */
export interface PageAlias {
  readonly from: string;
  readonly to: string;
}

/** Which parameters of a site's addresses tell its pages apart: the named ones alone, or all but the named ones. */
export interface PageQueryRule {
  readonly origin: string;
  readonly rule: QueryRule;
  readonly names: readonly string[];
}

/** What an admin says about the addresses of other sites' pages. */
export interface PageRules {
  readonly pageAliases: readonly PageAlias[];
  readonly pageQueries: readonly PageQueryRule[];
}

export const NO_PAGE_RULES: PageRules = { pageAliases: [], pageQueries: [] };

/** Parameters that tell where a reader came from, and never which page it is. */
const TRACKING =
  /^(?:utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|li_fat_id|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|mkt_tok)$/iu;

/** Whether an address is the prefix itself or lies below it. */
export function isUnder(address: string, prefix: string): boolean {
  const path = address.split('?', 1)[0] ?? '';
  return path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}

/**
 * The address at which a page stands now; one alias counts, that of the longest former address. What is below `to`
 * already has arrived, so a site can move into a folder of its own.
 */
export function afterAliases(address: string, aliases: readonly PageAlias[]): string {
  const moved = aliases
    .filter(({ from, to }) => isUnder(address, from) && !isUnder(address, to))
    .reduce<PageAlias | null>((best, one) => (best && best.from.length >= one.from.length ? best : one), null);
  if (moved === null) return address;
  const [path = ''] = address.split('?', 1);
  const rest = path.slice(moved.from.length).replace(/^\//u, '');
  const there = rest === '' ? moved.to : `${moved.to.replace(/\/$/u, '')}/${rest}`;
  return there + address.slice(path.length);
}

/** The origins of the former addresses from which aliases lead to this one. */
export function formerOrigins(address: string, aliases: readonly PageAlias[]): readonly string[] {
  const [path = ''] = address.split('?', 1);
  const leading = aliases.filter(({ from, to }) => {
    if (!isUnder(path, to)) return false;
    const rest = path.slice(to.length).replace(/^\//u, '');
    const former = rest === '' ? from : `${from.replace(/\/$/u, '')}/${rest}`;
    return afterAliases(former, aliases) === path;
  });
  return leading.map(({ from }) => new URL(from).origin);
}

/** Whether a parameter tells a page of this origin from another one. */
export function tellsPagesApart(name: string, origin: string, rules: readonly PageQueryRule[]): boolean {
  const rule = rules.find((one) => one.origin === origin);
  if (rule?.rule === 'keep') return rule.names.includes(name);
  return !TRACKING.test(name) && !(rule?.names.includes(name) ?? false);
}
