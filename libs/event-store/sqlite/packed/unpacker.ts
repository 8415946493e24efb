import type { Json } from '../../../kernel/index.ts';
import { TAG, TIME_BYTES } from './tags.ts';
import { timeText } from './times.ts';
import { PACKED_UUID, uuidTextAt } from './uuid-text.ts';

/** Reads what `Packer` wrote. Every method throws RangeError for bytes that it never wrote. */
export class Unpacker {
  readonly #bytes: Buffer;
  #at: number;
  readonly #end: number;
  readonly #known: string[];
  #recorded = Number.NaN;

  /** `known` is added to: the UUIDs that the row has elsewhere, in their order. */
  constructor(bytes: Buffer, start: number, end: number, known: string[]) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    this.#known = known;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#end;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined || this.#at >= this.#end) throw new RangeError('the bytes of an event end too early');
    this.#at += 1;
    return byte;
  }

  recordedAt(): string {
    const tag = this.byte();
    if (tag !== TAG.time) return this.#text(this.#tagged(tag));
    this.#recorded = this.#milliseconds();
    return timeText(this.#recorded);
  }

  text(): string {
    return this.#text(this.value());
  }

  value(): Json {
    return this.#tagged(this.byte());
  }

  count(): number {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 0x80) {
      const byte = this.byte();
      value += (byte % 0x80) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError('the bytes of an event have a number that is too long');
  }

  #tagged(tag: number): Json {
    if (tag >= TAG.shortText) return this.#utf8(tag - TAG.shortText);
    if (tag >= TAG.smallNumber) return tag - TAG.smallNumber;
    if (tag >= TAG.reference) return this.#reference(tag - TAG.reference);
    switch (tag) {
      case TAG.null:
        return null;
      case TAG.false:
        return false;
      case TAG.true:
        return true;
      case TAG.uuid:
        return this.#uuid();
      case TAG.longText:
        return this.#utf8(this.count());
      case TAG.json:
        return this.#json();
      case TAG.time:
        return timeText(this.#milliseconds());
      case TAG.timeNear:
        return this.#timeNear();
      case TAG.number:
        return this.count();
      default:
        throw new RangeError(`the bytes of an event have the unknown tag ${tag}`);
    }
  }

  #text(value: Json): string {
    if (typeof value !== 'string') throw new RangeError('the bytes of an event have no text where one stands');
    return value;
  }

  #reference(place: number): string {
    const known = this.#known[place];
    if (known === undefined) throw new RangeError(`the bytes of an event name its ${place}th UUID`);
    return known;
  }

  #uuid(): string {
    const start = this.#skip(PACKED_UUID);
    const text = uuidTextAt(this.#bytes, start);
    this.#known.push(text);
    return text;
  }

  #milliseconds(): number {
    return this.#bytes.readUIntBE(this.#skip(TIME_BYTES), TIME_BYTES);
  }

  #timeNear(): string {
    const twice = this.count();
    return timeText(this.#recorded + (twice % 2 === 0 ? twice / 2 : -(twice + 1) / 2));
  }

  #utf8(length: number): string {
    const start = this.#skip(length);
    return this.#bytes.toString('utf8', start, start + length);
  }

  /** Zero is a small number, so the JSON text of zero was minus zero, which it writes alike. */
  #json(): Json {
    const text = this.#utf8(this.count());
    const value: Json = text === '0' ? -0 : JSON.parse(text);
    return value;
  }

  #skip(length: number): number {
    const start = this.#at;
    if (start + length > this.#end) throw new RangeError('the bytes of an event end too early');
    this.#at += length;
    return start;
  }
}
