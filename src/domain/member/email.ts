import { emailIdentity, foldName, hasDisguisedAscii } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { invalid, textOf } from '../text.ts';

/** The address as the forum keeps it. Throws DomainError `invalid`, which names the field. */
export function emailOf(text: string, field = 'email'): string {
  if (hasDisguisedAscii(text)) throw invalid(field, 'must be an e-mail address');
  const email = textOf(text, field, TEXT_LIMITS.email);
  if (!/^[^\s@]+@[^\s@]+$/u.test(email)) throw invalid(field, 'must be an e-mail address');
  return email;
}

/** True for two spellings of one address. */
export function isSameAddress(one: string, other: string): boolean {
  return emailIdentity(one) === emailIdentity(other);
}

/** True for addresses that older versions took for one and reserved under one name. */
export function isFoldedAlike(one: string, other: string): boolean {
  return foldName(one.trim()) === foldName(other.trim());
}
