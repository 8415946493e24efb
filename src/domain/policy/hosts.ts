import { domainName } from '../../../libs/kernel/index.ts';
import { MOST_POLICY_WORDS } from '../../../libs/words/index.ts';
import { normalized } from '../text.ts';
import { quoted } from './list-check.ts';
import type { RuleCheck } from './rule-check.ts';

const MOST_HOSTS = 1_000;
/** Characters of a host, and of a part of it between dots, as resolvers look it up (RFC 1035, section 2.3.4). */
const LONGEST_HOST = 253;
const LONGEST_LABEL = 63;
const LABEL = /^[a-z0-9-]+$/;

/** Reports what is wrong with a rule's list of hosts. */
export function checkHosts(field: string, hosts: readonly string[], check: RuleCheck): void {
  check.that(hosts.length <= MOST_HOSTS, field, `must have ${MOST_HOSTS} entries at most`);
  if (hosts.length > MOST_HOSTS) return;
  for (const [at, host] of hosts.entries()) {
    const message = () => `${quoted(host)} must be the name of a host, such as example.org`;
    check.that(isHost(domainName(host)), `${field}.${at}`, message);
  }
}

function isHost(name: string): boolean {
  const labels = name.split('.');
  return name.length <= LONGEST_HOST && labels.length > 1 && labels.every(isLabel);
}

function isLabel(label: string): boolean {
  return label.length <= LONGEST_LABEL && LABEL.test(label) && !label.startsWith('-') && !label.endsWith('-');
}

/** Blank lines of a pasted list are left out; of two lines that are one host, in any case and script, the first stays. */
export function hostsOnce(lines: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const line of lines.slice(0, MOST_POLICY_WORDS + 1).map(normalized)) {
    if (line === '') continue;
    const form = domainName(line);
    if (!kept.has(form)) kept.set(form, line);
  }
  return lines.length > MOST_POLICY_WORDS ? lines : [...kept.values()];
}

/** Whether a host is one of these or below one of them; both in any case, as they are written or looked up. */
export function isAmongHosts(host: string, hosts: readonly string[]): boolean {
  const name = `.${domainName(host)}`;
  return hosts.some((one) => name.endsWith(`.${domainName(one)}`));
}
