import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../../../libs/kernel/index.ts';
import { SuitcaseRefused } from './suitcase-refused.ts';

/** Files that are written at the same time. */
const AT_ONCE = 16;

/** A folder that is filled beside its place and put there when it is whole, so that nobody ever finds half of it. */
export class StagedFolder {
  readonly #place: string;
  readonly #draft: string;
  readonly #folders = new Map<string, Promise<unknown>>();
  readonly #writing = new Set<Promise<void>>();
  #fault: unknown;
  #bytes = 0;
  #files = 0;

  private constructor(place: string, draft: string) {
    this.#place = place;
    this.#draft = draft;
  }

  /** Throws SuitcaseRefused where something is in the place, or beside it, and the system's error. */
  static async create(place: string): Promise<StagedFolder> {
    requireEmpty(place);
    const draft = `${place}.partial`;
    try {
      await mkdir(draft);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      throw new SuitcaseRefused(
        `there is a ${draft}: another export writes it, or left it when it was killed; then delete it`,
      );
    }
    return new StagedFolder(place, draft);
  }

  /** For files that are no part of the folder: whoever makes it removes it. */
  get draft(): string {
    return this.#draft;
  }

  get written(): { readonly files: number; readonly bytes: number } {
    return { files: this.#files, bytes: this.#bytes };
  }

  /** Resolves when there is room for the next one. Throws the system's error, also that of a file before. */
  async write(file: string, contents: string | Uint8Array): Promise<void> {
    while (this.#writing.size >= AT_ONCE) await Promise.race(this.#writing);
    if (this.#fault !== undefined) throw this.#fault;
    this.#files += 1;
    this.#bytes += typeof contents === 'string' ? Buffer.byteLength(contents) : contents.length;
    const done: Promise<void> = this.#put(file, contents)
      .catch((error: unknown) => {
        this.#fault ??= error;
      })
      .finally(() => this.#writing.delete(done));
    this.#writing.add(done);
  }

  /** Waits for all files, and puts the folder in its place. Throws like `create` and `write`. */
  async place(): Promise<void> {
    await this.#settled();
    if (this.#fault !== undefined) throw this.#fault;
    requireEmpty(this.#place);
    await rename(this.#draft, this.#place);
  }

  /** Leaves nothing behind, unless the folder is in its place. */
  async discard(): Promise<void> {
    await this.#settled();
    await rm(this.#draft, { recursive: true, force: true });
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #put(file: string, contents: string | Uint8Array): Promise<void> {
    const path = join(this.#draft, file);
    await this.#folder(dirname(path));
    // A suitcase has no file twice: two things of one name would be one file.
    await writeFile(path, contents, { flag: 'wx' });
  }

  #folder(path: string): Promise<unknown> {
    const known = this.#folders.get(path) ?? mkdir(path, { recursive: true });
    this.#folders.set(path, known);
    return known;
  }
}

function requireEmpty(place: string): void {
  if (!existsSync(place)) return;
  const isEmpty = ((): boolean => {
    try {
      return readdirSync(place).length === 0;
    } catch (error) {
      if (codeOf(error) === 'ENOTDIR') return false;
      throw error;
    }
  })();
  if (!isEmpty) throw new SuitcaseRefused(`there is something in ${place}: nothing is written over; name a new folder`);
}
