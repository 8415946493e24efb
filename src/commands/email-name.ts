import { createHmac } from 'node:crypto';
import { foldName } from '../../libs/kernel/index.ts';
import { emailName } from '../domain/reservation/names.ts';
import type { EmailKey } from './ports.ts';

/** How many accounts of one address sign in by it; a later one does so by its handle alone. */
const PLACES = 8;
/** Bytes, as argon2 asks. */
const SALT_BYTES = 16;

/**
 * What an e-mail address is called in the log, which must name nobody to who has it, but not the key. An address has
 * several places, since whoever gives one that is taken must get an account that answers like every other.
 */
export class EmailNames {
  readonly #key: EmailKey;

  constructor(key: EmailKey) {
    this.#key = key;
  }

  /** The streams of the address's places, the first one's first. */
  places(email: string): readonly string[] {
    return Array.from({ length: PLACES }, (_, place) => this.#stream(email, place === 0 ? '' : `\0${place}`));
  }

  /** Of one member alone: reserved when every place is taken, so that it costs what a place costs. Nobody signs in by it. */
  beside(email: string, memberId: string): string {
    return this.#stream(email, `\0${memberId}`);
  }

  /** The salt that the passwords of all accounts of the address share, so that one hash tells whose a password is. */
  salt(email: string): Uint8Array {
    return createHmac('sha256', this.#key())
      .update(`password salt\0${folded(email)}`)
      .digest()
      .subarray(0, SALT_BYTES);
  }

  /** A text that is the same for the same name, and says nothing of it to who has not the key. */
  hidden(name: string): string {
    return createHmac('sha256', this.#key()).update(`hidden\0${name}`).digest('hex').slice(0, 16);
  }

  #stream(email: string, place: string): string {
    return emailName(
      createHmac('sha256', this.#key())
        .update(folded(email) + place)
        .digest('hex'),
    );
  }
}

function folded(email: string): string {
  return foldName(email.trim());
}
