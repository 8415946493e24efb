import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { codeOf, DomainError } from '../../../libs/kernel/index.ts';
import { ExportForm, type ReceivedFile } from '../../access/export-form.ts';

const FILE = 'file';
const MOST_FIELDS = 20;
const MOST_FIELD_BYTES = 16 * 1024;
/** Bytes of the form besides its file. */
const REST_BYTES = 512 * 1024;
const LONGEST_NAME = 120;
const MEBIBYTE = 1_048_576;

export interface ExportIntake {
  /** Where files come in, and how their names begin there. */
  readonly folder: () => string;
  readonly prefix: string;
  readonly mostBytes: number;
  /** Why no file can be taken now, whatever it is; null where one can. */
  readonly refusal: () => DomainError | null;
}

/**
 * Reads a form (RFC 7578) with one file, which goes to the disk as it comes. Where none can be taken, that is told before anything
 * is read. A file that is too large, or for which there is no
 * room, is refused within the form that is given back. Rejects with DomainError `malformed`, and for a form that breaks off; nothing
 * of it is left then.
 */
export function exportForm(payload: Readable, contentType: string, intake: ExportIntake): Promise<ExportForm> {
  const refusal = intake.refusal();
  if (refusal !== null) {
    payload.on('error', () => undefined).resume();
    return Promise.resolve(new ExportForm({}, { refusal }));
  }
  return new Promise((resolve, reject) => {
    new Reading(payload, parserFor(contentType, intake), intake, { resolve, reject }).begin();
  });
}

interface Settling {
  readonly resolve: (form: ExportForm) => void;
  readonly reject: (error: unknown) => void;
}

class Reading {
  readonly #payload: Readable;
  readonly #parser: BusboyInstance;
  readonly #intake: ExportIntake;
  readonly #settling: Settling;
  readonly #fields: Record<string, string> = {};
  #receiving: Promise<ReceivedFile | null> | null = null;
  #coming: Readable | null = null;
  #refusal: DomainError | null = null;
  #length = 0;
  #isOver = false;

  constructor(payload: Readable, parser: BusboyInstance, intake: ExportIntake, settling: Settling) {
    this.#payload = payload;
    this.#parser = parser;
    this.#intake = intake;
    this.#settling = settling;
  }

  begin(): void {
    const broken = (): void => void this.#end(malformed());
    this.#parser
      .on('file', (name, stream, fileName) => this.#takeFile(name, stream, fileName))
      .on('field', (name, value) => this.#takeField(name, value))
      .on('partsLimit', broken)
      .on('error', broken)
      .on('finish', () => void this.#end(null));
    this.#payload.on('error', broken).on('close', broken).on('data', this.#count);
    this.#payload.once('end', () => this.#payload.off('close', broken)).pipe(this.#parser);
  }

  readonly #count = ({ length }: Buffer): void => {
    this.#length += length;
    if (this.#length > this.#intake.mostBytes + REST_BYTES) void this.#end(null, tooLarge(this.#intake));
  };

  #takeField(name: string, value: string): void {
    if (name !== '__proto__') this.#fields[name] = value;
  }

  /** A form whose file was not chosen has an empty one without a name. */
  #takeFile(name: string, stream: Readable & { truncated?: boolean }, fileName: string | undefined): void {
    stream.on('error', () => undefined);
    const isWanted = name === FILE && this.#receiving === null && (fileName ?? '') !== '';
    if (!isWanted) return void stream.resume();
    this.#coming = stream;
    this.#receiving = this.#received(stream, fileName ?? '');
  }

  async #received(stream: Readable & { truncated?: boolean }, fileName: string): Promise<ReceivedFile | null> {
    const { folder, prefix } = this.#intake;
    const path = join(folder(), `${prefix}${randomUUID()}`);
    const to = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    try {
      await pipeline(stream, to);
      if (stream.truncated === true) throw tooLarge(this.#intake);
      return { name: nameOf(fileName), path, bytes: to.bytesWritten };
    } catch (error) {
      await rm(path, { force: true });
      const isFull = ['ENOSPC', 'EDQUOT', 'EROFS'].includes(codeOf(error));
      this.#refusal ??= error instanceof DomainError ? error : isFull ? noRoom() : malformed();
      stream.resume();
      return null;
    }
  }

  /** A refusal is told at once, while what still comes is thrown away. */
  async #end(fault: DomainError | null, refusal: DomainError | null = null): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#refusal ??= refusal;
    if (fault !== null || refusal !== null) this.#leave();
    const file = (await this.#receiving) ?? null;
    const { resolve, reject } = this.#settling;
    if (fault === null && this.#refusal === null) return resolve(new ExportForm(this.#fields, { file }));
    await new ExportForm({}, { file }).drop();
    if (fault !== null) reject(fault);
    else resolve(new ExportForm(this.#fields, { refusal: this.#refusal }));
  }

  #leave(): void {
    this.#payload.unpipe(this.#parser).off('data', this.#count);
    this.#payload.on('error', () => undefined).resume();
    this.#parser.on('error', () => undefined).destroy();
    // The parser leaves its file open: without an end its writing would wait for ever.
    this.#coming?.destroy(malformed());
  }
}

function parserFor(contentType: string, { mostBytes }: ExportIntake): BusboyInstance {
  const limits = {
    files: 2,
    fields: MOST_FIELDS,
    parts: MOST_FIELDS + 2,
    fieldNameSize: 100,
    fieldSize: MOST_FIELD_BYTES,
    fileSize: mostBytes,
    headerPairs: 20,
    headerSize: 8 * 1024,
  };
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits });
  } catch {
    throw malformed();
  }
}

/** The last part of a path, without what no name has. */
function nameOf(fileName: string): string {
  const last = fileName.split(/[/\\]/).at(-1) ?? '';
  const shown = last.toWellFormed().replace(/\p{C}/gu, '').trim();
  return [...shown].slice(0, LONGEST_NAME).join('') || FILE;
}

function tooLarge({ mostBytes }: ExportIntake): DomainError {
  return new DomainError('too_large', `A file has ${Math.floor(mostBytes / MEBIBYTE)} MiB at most here.`);
}

function noRoom(): DomainError {
  return new DomainError('storage_unavailable', 'The disk has no room for the file.');
}

function malformed(): DomainError {
  return new DomainError('malformed', 'The form is not as RFC 7578 has it, or did not come to its end.');
}
