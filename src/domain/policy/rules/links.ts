import { type MeasureOf, MOST_POLICY_WORDS } from '../../../../libs/words/index.ts';
import { normalized } from '../../text.ts';
import { untrustedLinks } from '../links.ts';
import { quoted } from '../list-check.ts';
import type { PolicyRule, RuleOf } from '../rule.ts';
import type { RuleCheck } from '../rule-check.ts';

/** Catches more links than `most`; links to `trustedHosts` and their subdomains do not count. */
export interface LinksRule extends RuleOf<'links'> {
  readonly most: number;
  readonly trustedHosts: readonly string[];
  readonly measure: MeasureOf<'links'>;
}

const MOST_HOSTS = 1_000;
const HOST =
  /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

export const linksRule: PolicyRule<LinksRule> = {
  first: { rule: 'links', on: false, most: 5, trustedHosts: [], measure: 'hold' },
  tidied: (rule) => ({ ...rule, trustedHosts: eachOnce(rule.trustedHosts) }),
  check: ({ most, trustedHosts }, check) => {
    check.whole('most', most, { from: 0, to: 1_000 });
    checkHosts(trustedHosts, check);
  },
  caught: ({ most, trustedHosts, measure }, { body }) => {
    const links = untrustedLinks(body, trustedHosts);
    return links.length > most ? { measure, matched: `${links.length} links, the first to ${links[0] ?? ''}` } : null;
  },
};

function checkHosts(hosts: readonly string[], check: RuleCheck): void {
  check.that(hosts.length <= MOST_HOSTS, 'trustedHosts', `must have ${MOST_HOSTS} entries at most`);
  if (hosts.length > MOST_HOSTS) return;
  for (const [at, host] of hosts.entries()) {
    const message = () => `${quoted(host)} must be the name of a host, such as example.org`;
    check.that(HOST.test(host), `trustedHosts.${at}`, message);
  }
}

/** Blank lines of a pasted list are left out; of two lines that differ only in case, the first stays. */
function eachOnce(lines: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const line of lines.slice(0, MOST_POLICY_WORDS + 1).map(normalized)) {
    if (line === '') continue;
    const form = line.toLowerCase();
    if (!kept.has(form)) kept.set(form, line);
  }
  return lines.length > MOST_POLICY_WORDS ? lines : [...kept.values()];
}
