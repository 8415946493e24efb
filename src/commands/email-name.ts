import { createHmac } from 'node:crypto';
import { deriveId, emailIdentity, foldName, mailboxOf } from '../../libs/kernel/index.ts';
import { NAMELESS } from '../../libs/words/index.ts';
import type { LinkedSubject } from '../domain/member/provider.commands.ts';
import { confirmedName, emailName, passkeyName, providerName, ssoTokenName } from '../domain/reservation/names.ts';
import type { EmailKey } from './ports.ts';

/** The number of accounts that can sign in by one address; a further one signs in by its handle alone. */
const PLACES = 8;
/** Bytes; argon2 asks for this many. */
const SALT_BYTES = 16;

/** An address, or a name, with the system that it came from (null for any). */
interface ErasedAs {
  readonly email: string | null;
  readonly name: string | null;
  readonly source: string | null;
}

/**
 * Gives an e-mail address its name in the log, which names nobody to those without the key. An address has several
 * places, since somebody who gives a taken address must get an account that answers like every other.
 */
export class EmailNames {
  readonly #key: EmailKey;

  constructor(key: EmailKey) {
    this.#key = key;
  }

  /** The streams of the address's places, the first one's first. */
  places(email: string): readonly string[] {
    return this.#places(emailIdentity(email));
  }

  /**
   * The streams whose holders may have the address, who has confirmed it first: its own, and those of the folding of
   * older versions, which gave several addresses one name. The holder's own address decides.
   */
  found(email: string): readonly string[] {
    const older = olderFolding(email);
    return [...this.confirmedFound(email), ...(older === null ? [] : this.#places(older)), ...this.places(email)];
  }

  /** Those of them that one holds who has confirmed the address. */
  confirmedFound(email: string): readonly string[] {
    const older = olderFolding(email);
    const own = [this.confirmed(email), this.confirmedBeside(email)];
    return older === null ? own : [...own, this.#confirmed(older)];
  }

  /**
   * A place of one member alone, reserved when every other is taken, so that it costs the same work. Nobody signs in by
   * it.
   */
  beside(email: string, memberId: string): string {
    return this.#stream(emailIdentity(email), `\0${memberId}`);
  }

  /** The stream that the one member holds who has confirmed the address. */
  confirmed(email: string): string {
    return this.#confirmed(emailIdentity(email));
  }

  /** The same where an older version gave that stream to a member with another address. */
  confirmedBeside(email: string): string {
    return this.#confirmed(`${emailIdentity(email)}\0itself`);
  }

  /** The stream that reserves a subject at a provider. */
  subject({ provider, subject }: LinkedSubject): string {
    return providerName(this.#hmac(`provider\0${provider}\0${subject}`));
  }

  /** The stream that reserves a passkey. */
  passkey(credentialId: string): string {
    return passkeyName(this.#hmac(`passkey\0${credentialId}`));
  }

  /** The stream that reserves an answer of a provider. */
  providerState(provider: string, state: string): string {
    return ssoTokenName(this.#hmac(`provider state\0${provider}\0${state}`));
  }

  /** The stream that reserves somebody's coming from a provider. */
  providerArrival(arrivalId: string): string {
    return ssoTokenName(this.#hmac(`provider arrival\0${arrivalId}`));
  }

  /** The stream that reserves a token of the host blog. */
  ssoToken(jti: string): string {
    return ssoTokenName(this.#hmac(`sso token\0${jti}`));
  }

  /**
   * The salt that all passwords of the address share, so that one hash tells whose password it is. Addresses that look
   * the same may share it too, as they did in older versions.
   */
  salt(email: string): Uint8Array {
    return Buffer.from(this.#hmac(`password salt\0${foldName(email.trim())}`), 'hex').subarray(0, SALT_BYTES);
  }

  /** The id of the erasure of one thing: the same each time, and nobody without the key can guess it. */
  erasure(what: string): string {
    return deriveId(this.#hmac(`erasure\0${what}`), 'erasure');
  }

  /** The id of something that a member keeps: the same each time, and nobody without the key reads from it what that is. */
  kept(memberId: string, what: readonly (string | null)[]): string {
    return deriveId('kept', this.#hmac(JSON.stringify(['kept', memberId, ...what])));
  }

  /** The id of a guest's comment whose form had none, or whose id another has: the same words give the same one. */
  guestComment(words: readonly string[]): string {
    return deriveId('guest comment', this.#hmac(JSON.stringify(['guest comment', ...words])));
  }

  /** The id of a mailbox that asks for the newsletter, however its address is spelt. */
  subscriber(email: string): string {
    return deriveId('subscriber', this.#hmac(`subscriber\0${emailIdentity(mailboxOf(email))}`));
  }

  /**
   * What an import knows somebody by who was erased, each 64 hex digits: an address or a name, and the system that it
   * came from, null for every one. None for a name that nobody gave.
   */
  erased({ email, name, source }: ErasedAs): readonly string[] {
    if (email !== null) return [this.#erased('whole address', emailIdentity(email), source)];
    const folded = name === null ? '' : personName(name);
    return folded === '' || folded === personName(NAMELESS) ? [] : [this.#erased('name', folded, source)];
  }

  /**
   * What older versions remembered of whoever they erased by an address: its mailbox, however it is spelt. An erasure of
   * theirs still holds for all its spellings, since it does not tell which one it was asked by.
   */
  erasedBefore({ email, source }: Pick<ErasedAs, 'email' | 'source'>): readonly string[] {
    return email === null ? [] : [this.#erased('address', emailIdentity(mailboxOf(email)), source)];
  }

  /** The same text for the same name; it tells nothing to those without the key. */
  hidden(name: string): string {
    return this.#hmac(`hidden\0${name}`).slice(0, 16);
  }

  #places(identity: string): readonly string[] {
    return Array.from({ length: PLACES }, (_, place) => this.#stream(identity, place === 0 ? '' : `\0${place}`));
  }

  #erased(what: 'address' | 'whole address' | 'name', identity: string, source: string | null): string {
    return this.#hmac(JSON.stringify(['erased', what, identity, source]));
  }

  #confirmed(identity: string): string {
    return confirmedName(this.#hmac(`confirmed\0${identity}`));
  }

  #stream(identity: string, place: string): string {
    return emailName(this.#hmac(identity + place));
  }

  /** 64 hex digits. */
  #hmac(text: string): string {
    return createHmac('sha256', this.#key()).update(text).digest('hex');
  }
}

/** In any case, and with any spaces between its words, since pages show them as one. */
export function personName(name: string): string {
  return foldName(name).trim().replaceAll(/\s+/gu, ' ');
}

/** How older versions folded an address, like a handle; null where that makes no difference. */
function olderFolding(email: string): string | null {
  const older = foldName(email.trim());
  return older === emailIdentity(email) ? null : older;
}
