import type { Readable } from 'node:stream';
import { DomainError } from '../../../../libs/kernel/index.ts';

/** What long bodies may take of the forum's memory while they come in and are worked on; lengths in bytes. */
export interface IntakeBounds {
  readonly mostOfOne: number;
  /** Of all bodies that come in or wait to be read. */
  readonly mostInAll: number;
  /** Of the bodies of one sender: a network, or a member. */
  readonly mostOfSender: number;
  /** From the first byte of a body until it is whole. */
  readonly withinMs: number;
}

/** The refusals, in words about what comes in. */
export interface IntakeWords {
  readonly tooLarge: string;
  readonly tooSlow: string;
  readonly tooMany: string;
  readonly brokenOff: string;
}

/** Seconds after which a sender tries again. */
const RETRY_SECONDS = 5;
const FIRST_BYTES = 1024;

interface Coming {
  readonly sender: string;
  readonly refuse: (refusal: Error) => void;
  /** Grows by doubling, so that many small pieces take no more memory than their bytes. */
  memory: Buffer;
  length: number;
  isWhole: boolean;
}

/**
 * Receives long bodies. Only bytes that are there count: a slow sender keeps no place from others. Where the bounds are
 * reached, the body that began first gives way, since most senders are done within a moment.
 */
export class BodyIntake {
  readonly #bounds: IntakeBounds;
  readonly #words: IntakeWords;
  /** In the order in which they began. */
  readonly #coming = new Map<Readable, Coming>();
  readonly #ofSender = new Map<string, number>();
  #inAll = 0;

  constructor(bounds: IntakeBounds, words: IntakeWords) {
    this.#bounds = bounds;
    this.#words = words;
  }

  /** The bytes of memory that are taken. */
  get held(): number {
    return this.#inAll;
  }

  /** The whole body, held until `forget`. Rejects with DomainError too_large, overloaded and malformed. */
  receive(payload: Readable, sender: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => one.refuse(comeAgain(this.#words.tooSlow)), this.#bounds.withinMs);
      const settle = (): void => {
        clearTimeout(overdue);
        payload.off('data', take).off('end', end).off('error', one.refuse).off('close', broken);
      };
      const one: Coming = {
        sender,
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
      const broken = (): void => one.refuse(new DomainError('malformed', this.#words.brokenOff));
      this.#coming.set(payload, one);
      payload.on('end', end).on('error', one.refuse).on('close', broken).on('data', take);
    });
  }

  /** Gives back the memory of a body that was worked on. */
  forget(payload: Readable): void {
    const one = this.#coming.get(payload);
    if (one === undefined) return;
    this.#coming.delete(payload);
    this.#count(one, -one.memory.length);
    one.memory = Buffer.alloc(0);
  }

  #take(one: Coming, bytes: Buffer): void {
    const { mostOfOne } = this.#bounds;
    const length = one.length + bytes.length;
    if (length > mostOfOne) return one.refuse(new DomainError('too_large', this.#words.tooLarge));
    if (length > one.memory.length) {
      const size = Math.min(mostOfOne, Math.max(FIRST_BYTES, 2 * one.memory.length, length));
      if (!this.#makeRoom(one, size - one.memory.length)) return;
      const memory = Buffer.allocUnsafeSlow(size);
      one.memory.copy(memory, 0, 0, one.length);
      this.#count(one, size - one.memory.length);
      one.memory = memory;
    }
    bytes.copy(one.memory, one.length);
    one.length = length;
  }

  /** False when the body itself had to give way. */
  #makeRoom(one: Coming, more: number): boolean {
    const { mostOfSender, mostInAll } = this.#bounds;
    const ofSender = (): number => this.#ofSender.get(one.sender) ?? 0;
    for (const other of this.#coming.values()) {
      const isShareFull = ofSender() + more > mostOfSender;
      if (!isShareFull && this.#inAll + more <= mostInAll) return true;
      if (other.isWhole || (isShareFull && other.sender !== one.sender)) continue;
      other.refuse(comeAgain(this.#words.tooMany));
      if (other === one) return false;
    }
    return true;
  }

  #count({ sender }: Coming, bytes: number): void {
    this.#inAll += bytes;
    const ofSender = (this.#ofSender.get(sender) ?? 0) + bytes;
    if (ofSender === 0) this.#ofSender.delete(sender);
    else this.#ofSender.set(sender, ofSender);
  }
}

function comeAgain(why: string): DomainError {
  return new DomainError('overloaded', why, [], RETRY_SECONDS);
}
