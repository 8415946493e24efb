import { foldName } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { invalid, textOf } from '../text.ts';

/** The address as the forum keeps it. Throws DomainError `invalid`, which names the field. */
export function emailOf(text: string, field = 'email'): string {
  const email = textOf(text, field, TEXT_LIMITS.email);
  if (!/^[^\s@]+@[^\s@]+$/u.test(email)) throw invalid(field, 'must be an e-mail address');
  return email;
}

/** In any case and normal form, as the forum reserves addresses. */
export function isSameAddress(one: string, other: string): boolean {
  return foldName(one.trim()) === foldName(other.trim());
}
