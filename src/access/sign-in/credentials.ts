import { timingSafeEqual } from 'node:crypto';
import type { Login } from '../../../libs/client/index.ts';
import type { KnownMember, MemberLookup } from '../../commands/member-lookup.ts';
import type { Passwords } from './passwords.ts';

export interface Owner {
  readonly owner: KnownMember | undefined;
  readonly claimants: readonly KnownMember[];
}

/**
 * Finds the member of a login and its password. A handle costs one hash, an e-mail address two, however many members
 * have it, so neither the answer nor its time tells whether an address has an account.
 */
export class Credentials {
  readonly #lookup: MemberLookup;
  readonly #passwords: Passwords;

  constructor(lookup: MemberLookup, passwords: Passwords) {
    this.#lookup = lookup;
    this.#passwords = passwords;
  }

  /**
   * The login's key for counting, the same for every spelling; the key of an address tells nothing to those without the
   * secret.
   */
  nameOf(login: string): string {
    return this.#lookup.nameOf(login);
  }

  /**
   * The login's key for the server's log: it tells logins apart and names none, not even a password typed in the wrong
   * field.
   */
  loggedNameOf(login: string): string {
    return this.#lookup.names.hidden(this.#lookup.nameOf(login));
  }

  /** All members with the login. Throws DomainError storage_unavailable. */
  claimantsOf(login: string): Promise<readonly KnownMember[]> {
    return this.#lookup.allByLogin(login);
  }

  /**
   * `owner` is undefined for an unknown login and for a wrong password, after the same time; `claimants` are all
   * members with the login. Throws DomainError storage_unavailable.
   */
  async ownerOf({ login, password }: Login): Promise<Owner> {
    const salt = this.#lookup.saltOf(login);
    const [hash, members] = await Promise.all([
      salt === null ? null : this.#passwords.hash(password, salt),
      this.#lookup.allByLogin(login),
    ]);
    const [first] = members;
    const isOfFirst = await this.#passwords.verify(first?.passwordHash ?? null, password);
    const other = members.find(
      ({ passwordHash }) => hash !== null && passwordHash !== null && isSame(passwordHash, hash),
    );
    return { owner: isOfFirst ? first : other, claimants: members };
  }

  /** Checks the password of a member who is known already. */
  async isOf(member: KnownMember | undefined, password: string): Promise<boolean> {
    return this.#passwords.verify(member?.passwordHash ?? null, password);
  }

  /** The hash of a member's new password. A member without an address signs in by handle alone, and has its own salt. */
  hash(password: string, { email, memberId }: KnownMember): Promise<string> {
    return this.#passwords.hash(password, this.#lookup.names.salt(email ?? memberId));
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
