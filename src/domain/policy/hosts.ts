import { MOST_POLICY_WORDS } from '../../../libs/words/index.ts';
import { normalized } from '../text.ts';
import { quoted } from './list-check.ts';
import type { RuleCheck } from './rule-check.ts';

const MOST_HOSTS = 1_000;
const HOST =
  /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u;

/** Reports what is wrong with a rule's list of hosts. */
export function checkHosts(field: string, hosts: readonly string[], check: RuleCheck): void {
  check.that(hosts.length <= MOST_HOSTS, field, `must have ${MOST_HOSTS} entries at most`);
  if (hosts.length > MOST_HOSTS) return;
  for (const [at, host] of hosts.entries()) {
    const message = () => `${quoted(host)} must be the name of a host, such as example.org`;
    check.that(HOST.test(host), `${field}.${at}`, message);
  }
}

/** Blank lines of a pasted list are left out; of two lines that differ only in case, the first stays. */
export function hostsOnce(lines: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const line of lines.slice(0, MOST_POLICY_WORDS + 1).map(normalized)) {
    if (line === '') continue;
    const form = line.toLowerCase();
    if (!kept.has(form)) kept.set(form, line);
  }
  return lines.length > MOST_POLICY_WORDS ? lines : [...kept.values()];
}

/** Whether a host is one of these or below one of them; both in any case. */
export function isAmongHosts(host: string, hosts: readonly string[]): boolean {
  const lower = `.${host.toLowerCase()}`;
  return hosts.some((one) => lower.endsWith(`.${one.toLowerCase()}`));
}
