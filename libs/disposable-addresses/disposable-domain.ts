import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';

/** The most labels of a name that are looked at, from its end. */
const MOST_LABELS = 8;

/** Made with the first question. */
let listed: ReadonlySet<string> | null = null;

/** Whether a domain, or one above it, is on the list of those that give e-mail addresses to throw away. */
export function isDisposableDomain(domain: string): boolean {
  listed ??= disposableEmailBlocklistSet();
  const among = listed;
  const labels = domain.toLowerCase().split('.').slice(-MOST_LABELS);
  return labels.some((_, from) => among.has(labels.slice(from).join('.')));
}
