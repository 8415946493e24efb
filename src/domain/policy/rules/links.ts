import type { MeasureOf } from '../../../../libs/words/index.ts';
import { checkHosts, hostsOnce } from '../hosts.ts';
import { untrustedLinks } from '../links.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';

/** Catches more links than `most`; links to `trustedHosts` and their subdomains do not count. */
export interface LinksRule extends RuleOf<'links'> {
  readonly most: number;
  readonly trustedHosts: readonly string[];
  readonly measure: MeasureOf<'links'>;
}

export const linksRule: PolicyRule<LinksRule> = {
  first: { rule: 'links', on: false, most: 5, trustedHosts: [], measure: 'hold' },
  tidied: (rule) => ({ ...rule, trustedHosts: hostsOnce(rule.trustedHosts) }),
  check: ({ most, trustedHosts }, check) => {
    check.whole('most', most, { from: 0, to: 1_000 });
    checkHosts('trustedHosts', trustedHosts, check);
  },
  caught: ({ most, trustedHosts, measure }, { body }, forms) => {
    const links = untrustedLinks({ body, links: forms.links }, trustedHosts);
    return links.length > most ? { measure, matched: `${links.length} links, the first to ${links[0] ?? ''}` } : null;
  },
};
