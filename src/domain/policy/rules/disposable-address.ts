import type { MeasureOf } from '../../../../libs/words/index.ts';
import { checkHosts, hostsOnce, isAmongHosts } from '../hosts.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';

/** Catches addresses of providers that give them to throw away: those of the forum's own list, and more. */
export interface DisposableAddressRule extends RuleOf<'disposable-address'> {
  /** Domains that count besides the list; domains below them too. */
  readonly domains: readonly string[];
  /** Domains that never count. */
  readonly trustedDomains: readonly string[];
  readonly measure: MeasureOf<'disposable-address'>;
}

export const disposableAddressRule: PolicyRule<DisposableAddressRule> = {
  first: { rule: 'disposable-address', on: false, domains: [], trustedDomains: [], measure: 'hold' },
  tidied: (rule) => ({
    ...rule,
    domains: hostsOnce(rule.domains),
    trustedDomains: hostsOnce(rule.trustedDomains),
  }),
  check: ({ domains, trustedDomains }, check) => {
    checkHosts('domains', domains, check);
    checkHosts('trustedDomains', trustedDomains, check);
  },
  caught: () => null,
  stops: ({ domains, trustedDomains, measure }, { domain, isListed }) => {
    if (domain === null || isAmongHosts(domain, trustedDomains)) return null;
    return isListed || isAmongHosts(domain, domains) ? { measure, matched: domain } : null;
  },
};
