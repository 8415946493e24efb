import { MEMBERSHIPS, type Membership, ROLES, type Role } from '../../libs/words/index.ts';

/** The roles of a row's JSON list. */
export function rolesOf(json: string): readonly Role[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? ROLES.filter((role) => list.includes(role)) : [];
}

/** The membership in a row; a word that this program does not know lets nobody in. */
export function membershipOf(word: string): Membership {
  return MEMBERSHIPS.find((membership) => membership === word) ?? 'waiting';
}

/** A text field of an opened personal part; null when it is missing or of another kind. */
export function openedTextIn(personal: object, field: string): string | null {
  const value: unknown = Reflect.get(personal, field);
  return typeof value === 'string' ? value : null;
}

/** An object field of an opened personal part; null when it is missing or of another kind. */
export function objectIn(personal: object, field: string): object | null {
  const value: unknown = Reflect.get(personal, field);
  return typeof value === 'object' ? value : null;
}
