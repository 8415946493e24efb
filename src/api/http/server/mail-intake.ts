import type { Readable } from 'node:stream';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { MOST_MAIL_BYTES } from '../../../../libs/words/index.ts';

/** What mails that nobody has shown a right to send may take of the forum; lengths in bytes. */
export interface IntakeBounds {
  readonly mostOfMail: number;
  /** Of all mails that come in or wait to be read. */
  readonly mostInAll: number;
  /** Of the mails of one network. */
  readonly mostOfNetwork: number;
  /** From the head of a mail until it is whole. */
  readonly withinMs: number;
}

export const INTAKE_BOUNDS: IntakeBounds = {
  mostOfMail: MOST_MAIL_BYTES,
  mostInAll: 64 * 1024 * 1024,
  mostOfNetwork: 24 * 1024 * 1024,
  withinMs: 30_000,
};

/** Seconds after which a mail server tries again. */
const RETRY_SECONDS = 5;
const FIRST_BYTES = 1024;

interface Coming {
  readonly network: string;
  readonly refuse: (refusal: Error) => void;
  /** Grows by doubling, so that many small pieces take no more memory than their bytes. */
  memory: Buffer;
  length: number;
  isWhole: boolean;
}

/**
 * Receives mails before it is known who sent them. Only bytes that are there count: a slow sender keeps no place from
 * others. Where the bounds are reached, the mail that began first gives way, since a mail server is done within a moment.
 */
export class MailIntake {
  readonly #bounds: IntakeBounds;
  /** In the order in which they began. */
  readonly #coming = new Map<Readable, Coming>();
  readonly #ofNetwork = new Map<string, number>();
  #inAll = 0;

  constructor(bounds = INTAKE_BOUNDS) {
    this.#bounds = bounds;
  }

  /** The bytes of memory that are taken. */
  get held(): number {
    return this.#inAll;
  }

  /** The whole mail, held until `forget`. Rejects with DomainError too_large and overloaded. */
  receive(payload: Readable, network: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => one.refuse(comeAgain('The mail came too slowly.')), this.#bounds.withinMs);
      const settle = (): void => {
        clearTimeout(overdue);
        payload.off('data', take).off('end', end).off('error', one.refuse).off('close', broken);
      };
      const one: Coming = {
        network,
        memory: Buffer.alloc(0),
        length: 0,
        isWhole: false,
        refuse: (refusal) => {
          settle();
          this.forget(payload);
          // What still comes of it is read and thrown away, so that the refusal is heard.
          payload.on('error', () => undefined).resume();
          reject(refusal);
        },
      };
      const take = (bytes: Buffer): void => this.#take(one, bytes);
      const end = (): void => {
        settle();
        one.isWhole = true;
        resolve(one.memory.subarray(0, one.length));
      };
      const broken = (): void => one.refuse(new DomainError('malformed', 'The mail did not come to its end.'));
      this.#coming.set(payload, one);
      payload.on('end', end).on('error', one.refuse).on('close', broken).on('data', take);
    });
  }

  /** Gives back the memory of a mail that was answered. */
  forget(payload: Readable): void {
    const one = this.#coming.get(payload);
    if (one === undefined) return;
    this.#coming.delete(payload);
    this.#count(one, -one.memory.length);
    one.memory = Buffer.alloc(0);
  }

  #take(one: Coming, bytes: Buffer): void {
    const { mostOfMail } = this.#bounds;
    const length = one.length + bytes.length;
    if (length > mostOfMail) return one.refuse(mailTooLarge(mostOfMail));
    if (length > one.memory.length) {
      const size = Math.min(mostOfMail, Math.max(FIRST_BYTES, 2 * one.memory.length, length));
      if (!this.#makeRoom(one, size - one.memory.length)) return;
      const memory = Buffer.allocUnsafeSlow(size);
      one.memory.copy(memory, 0, 0, one.length);
      this.#count(one, size - one.memory.length);
      one.memory = memory;
    }
    bytes.copy(one.memory, one.length);
    one.length = length;
  }

  /** False when the mail itself had to give way. */
  #makeRoom(one: Coming, more: number): boolean {
    const { mostOfNetwork, mostInAll } = this.#bounds;
    const ofNetwork = (): number => this.#ofNetwork.get(one.network) ?? 0;
    for (const other of this.#coming.values()) {
      const isShareFull = ofNetwork() + more > mostOfNetwork;
      if (!isShareFull && this.#inAll + more <= mostInAll) return true;
      if (other.isWhole || (isShareFull && other.network !== one.network)) continue;
      other.refuse(comeAgain('Too many mails come in at once.'));
      if (other === one) return false;
    }
    return true;
  }

  #count({ network }: Coming, bytes: number): void {
    this.#inAll += bytes;
    const ofNetwork = (this.#ofNetwork.get(network) ?? 0) + bytes;
    if (ofNetwork === 0) this.#ofNetwork.delete(network);
    else this.#ofNetwork.set(network, ofNetwork);
  }
}

export function mailTooLarge(most: number): DomainError {
  return new DomainError('too_large', `A mail has ${most} bytes at most.`);
}

function comeAgain(why: string): DomainError {
  return new DomainError('overloaded', why, [], RETRY_SECONDS);
}
