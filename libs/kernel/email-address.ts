import { domainToASCII } from 'node:url';
import { composed } from '../words/index.ts';

/** The only characters that become ASCII in their canonical form (Unicode, singletons): a Kelvin sign is no k. */
const BECOMES_ASCII = /[\u037E\u1FEF\u212A]/u;
/** What may stand before IDNA's mapping. Other ASCII characters have a meaning of their own to a parser of URLs. */
const MAPPED = /^(?:[a-z0-9._-]|[^\0-\x7f])+$/iu;
const NAME = /^[a-z0-9._-]+$/;

const SENT_TO = /^[^\s"'<>(),:;@[\]\\\p{C}]{1,64}@[^\s"'<>(),:;@[\]\\\p{C}]{1,255}$/u;
const LONGEST = 320;
/** Characters that nobody sees, which come along with copied text. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** True for an address without quotes and comments, the only kind that the forum sends to. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST && SENT_TO.test(text) && unseenIn(text) === null;
}

/** The first character that nobody sees, as `U+200B`; null without one. */
export function unseenIn(address: string): string | null {
  const code = UNSEEN.exec(address)?.[0].codePointAt(0);
  return code === undefined ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** True for an address with characters that would become another address as soon as somebody normalises it. */
export function hasDisguisedAscii(address: string): boolean {
  return BECOMES_ASCII.test(address);
}

/**
 * What tells one e-mail address from another: case counts in ASCII alone, and the domain is the name that mail servers
 * look up (IDNA, UTS #46). Nothing else is folded, since two addresses that look the same have two owners.
 */
export function emailIdentity(address: string): string {
  const [local, domain] = halves(address.trim());
  const same = hasDisguisedAscii(local) ? local : composed(local);
  return `${lowerAscii(same)}@${domainName(domain)}`;
}

/** The domain of an address as mail servers look it up; null for what has none. */
export function domainOfEmail(address: string): string | null {
  const [, domain] = halves(address.trim());
  return domainName(domain) || null;
}

/** Providers that deliver a name with and without dots to the same mailbox, each by its own domain. */
const WITHOUT_DOTS: Readonly<Record<string, string>> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' };

/**
 * The mailbox behind an address, as far as it can be told: many providers deliver `name+anything` to `name`, and some
 * leave out dots. Only for limits and bans, since elsewhere they are two addresses.
 */
export function mailboxOf(address: string): string {
  const [local, domain] = halves(emailIdentity(address));
  const name = local.split('+', 1)[0] || local;
  const house = WITHOUT_DOTS[domain];
  return house === undefined ? `${name}@${domain}` : `${name.replaceAll('.', '')}@${house}`;
}

/** The address as mail goes to it: its domain is the one by which it is told from others. */
export function mailedAddress(address: string): string {
  const [local, domain] = halves(address);
  return `${local}@${domainName(domain)}`;
}

function halves(address: string): readonly [string, string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
}

/**
 * A domain as resolvers look it up (IDNA, UTS #46), in lower case; one that is none stays as it is. A dot at the end names the
 * root, below which every domain stands anyway.
 */
export function domainName(domain: string): string {
  return mapped(domain).replace(/(?<!\.)\.+$/, '');
}

/** A domain that is none stays as it is, and is equal to no other one. */
function mapped(domain: string): string {
  const lower = lowerAscii(domain);
  if (NAME.test(lower) || !MAPPED.test(domain)) return lower;
  const name = domainToASCII(domain).toLowerCase();
  return NAME.test(name) ? name : lower;
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
