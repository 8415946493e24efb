import type { Json } from '../../../kernel/index.ts';
import { MOST_NUMBER, REFERENCES, SHORT_TEXT, SMALL_NUMBERS, TAG, TIME_BYTES } from './tags.ts';
import { millisecondsIn } from './times.ts';
import { PACKED_UUID, packUuid, UUID_LENGTH } from './uuid-text.ts';

/** Bytes beyond its text that a value needs at most. */
const HEAD = 16;

/** Writes values one after the other; one is made for each thread, since its memory is used again. */
export class Packer {
  #bytes = Buffer.allocUnsafe(4_096);
  #length = 0;
  #known: string[] = [];
  #recorded = Number.NaN;

  /** Begins anew. `known`: the UUIDs that the row has elsewhere, in their order. */
  begin(known: readonly string[]): void {
    this.#length = 0;
    this.#known = known.slice();
    this.#recorded = Number.NaN;
  }

  /** Valid until `begin`. */
  end(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): void {
    this.#room(1);
    this.#put(value);
  }

  /** The time that the following times are near. */
  recordedAt(time: string): void {
    this.value(time);
    this.#recorded = millisecondsIn(time) ?? Number.NaN;
  }

  value(value: Json): void {
    this.#room(HEAD);
    if (value === null) this.#put(TAG.null);
    else if (typeof value === 'boolean') this.#put(value ? TAG.true : TAG.false);
    else if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'number') this.#number(value);
    else this.#json(value);
  }

  count(value: number): void {
    this.#room(HEAD);
    let left = value;
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.#put((left % 0x80) + 0x80);
    this.#put(left);
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0 || value > MOST_NUMBER || Object.is(value, -0)) this.#json(value);
    else if (value < SMALL_NUMBERS) this.#put(TAG.smallNumber + value);
    else {
      this.#put(TAG.number);
      this.count(value);
    }
  }

  #text(text: string): void {
    if (text.length === UUID_LENGTH && this.#uuid(text)) return;
    const time = millisecondsIn(text);
    if (time !== null) this.#time(time);
    else if (text.isWellFormed()) this.#utf8(text);
    else this.#json(text);
  }

  #uuid(text: string): boolean {
    const known = this.#known.indexOf(text);
    if (known >= 0 && known < REFERENCES) {
      this.#put(TAG.reference + known);
      return true;
    }
    this.#room(1 + PACKED_UUID);
    if (!packUuid(text, 0, this.#bytes, this.#length + 1)) return false;
    this.#put(TAG.uuid);
    this.#length += PACKED_UUID;
    this.#known.push(text);
    return true;
  }

  #time(time: number): void {
    const after = time - this.#recorded;
    if (Math.abs(after) < MOST_NUMBER / 2) {
      this.#put(TAG.timeNear);
      this.count(after < 0 ? -2 * after - 1 : 2 * after);
      return;
    }
    this.#put(TAG.time);
    this.#bytes.writeUIntBE(time, this.#length, TIME_BYTES);
    this.#length += TIME_BYTES;
  }

  #utf8(text: string): void {
    const length = Buffer.byteLength(text);
    if (length < SHORT_TEXT) this.#put(TAG.shortText + length);
    else {
      this.#put(TAG.longText);
      this.count(length);
    }
    this.#room(length);
    this.#bytes.write(text, this.#length);
    this.#length += length;
  }

  #json(value: Json): void {
    const text = JSON.stringify(value);
    const length = Buffer.byteLength(text);
    this.#put(TAG.json);
    this.count(length);
    this.#room(length);
    this.#bytes.write(text, this.#length);
    this.#length += length;
  }

  #put(byte: number): void {
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + more));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
