import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { DomainError, type FieldError } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS } from '../../../libs/words/index.ts';
import { ImageForm, RefusedImageForm } from '../../access/image-form.ts';

const FILE = 'file';
const ALT = 'alt';

/** One more of each than a form has, so that the refusal names the one that is too many. */
const LIMITS = {
  files: 2,
  fields: 2,
  parts: 4,
  fieldNameSize: 100,
  /** UTF-8 has four bytes for a character at most; a text that is too long by a half is still told its length. */
  fieldSize: 6 * TEXT_LIMITS.imageAlt.max,
  headerPairs: 20,
  headerSize: 8 * 1024,
} as const;

/** The fields that come before the file of a form that carries some along. */
const MOST_CARRIED = 24;
const CARRIED_NAME = /^[A-Za-z][\w-]{0,40}$/;

/** Bytes of the form besides its file. */
const REST_BYTES = 64 * 1024;

export interface ImageFormParts {
  readonly contentType: string;
  readonly mostBytes: number;
  /** What is told of a form with more bytes. */
  readonly tooLarge: string;
  /** The most bytes of a field that the form carries along; without it there is none, and a refusal is thrown. */
  readonly mostCarriedBytes?: number;
  /** Takes the bytes of the file as they come. */
  readonly receive: (file: Readable) => Promise<Uint8Array>;
}

/**
 * Reads a form (RFC 7578) of one file and a text beside it while it comes. Rejects with DomainError malformed, invalid,
 * too_large and what `receive` throws; what still comes then is thrown away. A form that carries fields along is given back
 * with them instead.
 */
export function imageForm(payload: Readable, parts: ImageFormParts): Promise<ImageForm | RefusedImageForm> {
  return new Promise((resolve, reject) => {
    new Reading(payload, parts, { resolve, reject }).begin();
  });
}

interface Settling {
  readonly resolve: (form: ImageForm | RefusedImageForm) => void;
  readonly reject: (error: unknown) => void;
}

/** One form on its way. */
class Reading {
  readonly #payload: Readable;
  readonly #parts: ImageFormParts;
  readonly #settling: Settling;
  readonly #parser: BusboyInstance;
  readonly #carried: Record<string, string> = {};
  #alt: string | undefined;
  #stream: Readable | undefined;
  #file: Promise<Uint8Array> | undefined;
  #length = 0;

  constructor(payload: Readable, parts: ImageFormParts, settling: Settling) {
    this.#payload = payload;
    this.#parts = parts;
    this.#settling = settling;
    this.#parser = parserFor(parts);
  }

  begin(): void {
    const tooMany = (): void => this.#refuse(new DomainError('malformed', 'The form has too many fields.'));
    this.#parser
      .on('file', (name, stream) => this.#takeFile(name, stream))
      .on('field', (name, value) => this.#takeText(name, value))
      .on('partsLimit', tooMany)
      .on('filesLimit', tooMany)
      .on('fieldsLimit', tooMany)
      .on('error', this.#broken)
      .on('finish', () => this.#finish());
    this.#payload.on('error', this.#broken).on('close', this.#broken).on('data', this.#count);
    this.#payload.once('end', () => this.#payload.off('close', this.#broken)).pipe(this.#parser);
  }

  readonly #broken = (): void => this.#refuse(malformed());

  readonly #count = (bytes: Buffer): void => {
    this.#length += bytes.length;
    const { mostBytes, mostCarriedBytes = 0 } = this.#parts;
    if (this.#length <= mostBytes + REST_BYTES + mostCarriedBytes) return;
    this.#refuse(new DomainError('too_large', this.#parts.tooLarge));
  };

  #takeFile(name: string, stream: Readable): void {
    stream.on('error', () => undefined);
    if (name === FILE && this.#file === undefined) {
      this.#stream = stream;
      this.#file = this.#parts.receive(stream);
      this.#file.catch((error: unknown) => this.#refuse(error));
      return;
    }
    stream.resume();
    this.#refuse(wrong(name, name === FILE ? 'must be one file' : 'is no file of this form: send it as file'));
  }

  #takeText(name: string, value: string): void {
    if (name === ALT && this.#alt === undefined) this.#alt = value;
    else if (this.#carries(name)) this.#carried[name] = value;
    else this.#refuse(wrong(name, name === ALT ? 'must be given once' : howToSend(name)));
  }

  #carries(name: string): boolean {
    return this.#parts.mostCarriedBytes !== undefined && name !== FILE && name !== ALT && CARRIED_NAME.test(name);
  }

  #finish(): void {
    const { resolve } = this.#settling;
    if (this.#file === undefined) this.#refuse(wrong(FILE, 'is missing: send the bytes of the image in it'));
    else
      void this.#file.then(
        (bytes) => resolve(new ImageForm(bytes, this.#alt ?? '', this.#carried)),
        () => undefined,
      );
  }

  #refuse(error: unknown): void {
    this.#payload.unpipe(this.#parser).off('data', this.#count).off('close', this.#broken);
    this.#payload.on('error', () => undefined).resume();
    this.#parser.on('error', () => undefined).destroy();
    this.#stream?.destroy();
    const { resolve, reject } = this.#settling;
    if (this.#parts.mostCarriedBytes === undefined || !(error instanceof DomainError)) reject(error);
    else resolve(new RefusedImageForm(error, { alt: this.#alt ?? '', carried: this.#carried }));
  }
}

function parserFor({ contentType, mostCarriedBytes }: ImageFormParts): BusboyInstance {
  const limits =
    mostCarriedBytes === undefined
      ? LIMITS
      : { ...LIMITS, fields: MOST_CARRIED, parts: MOST_CARRIED + LIMITS.files, fieldSize: mostCarriedBytes };
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch {
    throw malformed();
  }
}

function howToSend(name: string): string {
  return name === FILE ? 'must be a file, with a name of one' : 'is no field of this form';
}

function malformed(): DomainError {
  return new DomainError('malformed', 'The form is not as RFC 7578 has it, or did not come to its end.');
}

function wrong(field: string, message: string): DomainError {
  const error: FieldError = { field, message };
  return new DomainError('invalid', `${field} ${message}.`, [error]);
}
