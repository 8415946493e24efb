import { createRequire } from 'node:module';

type Domains = typeof import('disposable-email-domains-js');

/** Reads the list with the first question, since most forums never ask: it is no part of the program. */
const read = createRequire(import.meta.url);

/** The most labels of a name that are looked at, from its end. */
const MOST_LABELS = 8;

/** Made with the first question. */
let listed: ReadonlySet<string> | null = null;

function domains(): Domains {
  return read('disposable-email-domains-js');
}

/** Whether a domain, or one above it, is on the list of those that give e-mail addresses to throw away. */
export function isDisposableDomain(domain: string): boolean {
  listed ??= domains().disposableEmailBlocklistSet();
  const among = listed;
  const labels = domain.toLowerCase().split('.').slice(-MOST_LABELS);
  return labels.some((_, from) => among.has(labels.slice(from).join('.')));
}
