import { emailIdentity, foldName, hasDisguisedAscii, isMailAddress, unseenIn } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { invalid, textOf } from '../text.ts';

/**
 * The address as the forum keeps it, of the kind that mail can be sent to, whoever gives it and wherever. Throws
 * DomainError `invalid`, which names the field and a character that nobody sees.
 */
export function emailOf(text: string, field = 'email'): string {
  if (hasDisguisedAscii(text)) throw invalid(field, 'must be an e-mail address');
  const email = textOf(text, field, TEXT_LIMITS.email);
  const unseen = unseenIn(email);
  if (unseen !== null) throw invalid(field, `holds a character that nobody sees (${unseen}); leave it out`);
  if (!isMailAddress(email)) throw invalid(field, 'must be an e-mail address');
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
