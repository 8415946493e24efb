import { timingSafeEqual } from 'node:crypto';
import type { Login } from '../../../libs/client/index.ts';
import type { KnownMember, MemberLookup } from '../../commands/member-lookup.ts';
import type { Passwords } from './passwords.ts';

/**
 * Whose a login and its password are. By a handle one hash is made, by an e-mail address two, whoever has it and however
 * many: so neither the answer nor its time tells whether an address has an account.
 */
export class Credentials {
  readonly #lookup: MemberLookup;
  readonly #passwords: Passwords;

  constructor(lookup: MemberLookup, passwords: Passwords) {
    this.#lookup = lookup;
    this.#passwords = passwords;
  }

  /** Undefined for an unknown login and for a wrong password, after the same time. Throws DomainError storage_unavailable. */
  async memberOf({ login, password }: Login): Promise<KnownMember | undefined> {
    const salt = this.#lookup.saltOf(login);
    const [hash, members] = await Promise.all([
      salt === null ? null : this.#passwords.hash(password, salt),
      this.#lookup.allByLogin(login),
    ]);
    const [first] = members;
    const isOfFirst = await this.#passwords.verify(first?.passwordHash ?? null, password);
    return isOfFirst ? first : members.find(({ passwordHash }) => hash !== null && isSame(passwordHash, hash));
  }

  /** Of a member who is known already. */
  async isOf(member: KnownMember | undefined, password: string): Promise<boolean> {
    return this.#passwords.verify(member?.passwordHash ?? null, password);
  }

  /** The hash of a member's new password. */
  hash(password: string, { email }: KnownMember): Promise<string> {
    return this.#passwords.hash(password, this.#lookup.names.salt(email));
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
