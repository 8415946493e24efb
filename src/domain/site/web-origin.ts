import { MOST_SITE_ADDRESS } from '../../../libs/words/index.ts';

/** An origin has a scheme, a host and perhaps a port, and no path. */
const ORIGIN = /^https?:\/\/[^\s/\\?#@:*]+(?::\d{1,5})?\/?$/iu;
const ASCII_ORIGIN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/u;

/** As browsers write it, null for what is none: an international name in Punycode, and no port where it is the usual one. */
export function webOriginOf(text: string): string | null {
  const origin = ORIGIN.test(text.trim()) ? (URL.parse(text.trim())?.origin ?? '') : '';
  return origin.length <= MOST_SITE_ADDRESS && ASCII_ORIGIN.test(origin) ? origin : null;
}
