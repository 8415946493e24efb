import type { UnsendableQuote } from '../../views/thread/thread.query-types.ts';

/** The characters of a quote that are shown. */
const MOST_HEAD = 100;

/** The first words of a quote, or else its link, so that it is found in the text. */
export function quoteHead({ said, links }: Pick<UnsendableQuote, 'said' | 'links'>): string {
  const words = said.join(' ').trim();
  const head = words.length > MOST_HEAD ? `${words.slice(0, MOST_HEAD).toWellFormed()}…` : words;
  return head || (links[0] ?? '');
}
