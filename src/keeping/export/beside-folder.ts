import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { mkdir, rename, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { HeldFolder } from '../../../libs/scratch/index.ts';
import { ExportRefused } from './export-refused.ts';
import { partialOf, requireFolderAbove, syncFolder } from './partial-folder.ts';

/** Files that are written at the same time. */
const AT_ONCE = 16;
/** What readers may see now may be erased tomorrow: what is not in its place yet is its owner's alone. */
const PRIVATE = 0o700;

/**
 * A folder that is filled in `PLACE.partial` and put in its place when it is whole, so that nobody ever finds half of it. What
 * else is noted meanwhile lies there too: a killed run leaves nothing at another place, and the next one takes that over.
 */
export class BesideFolder {
  /** Where it is filled. */
  readonly draft: string;
  /** For files that are no part of it. */
  readonly notes: string;
  readonly #place: string;
  readonly #partial: HeldFolder;
  readonly #folders = new Map<string, Promise<unknown>>();
  readonly #writing = new Set<Promise<void>>();
  #fault: unknown;
  #bytes = 0;
  #files = 0;

  private constructor(place: string, partial: HeldFolder) {
    this.#place = place;
    this.#partial = partial;
    this.draft = join(partial.path, 'whole');
    this.notes = join(partial.path, 'notes');
  }

  /** Throws ExportRefused when something stands at its place that is no empty folder, or beside it, and the system's error. */
  static async create(folder: string): Promise<BesideFolder> {
    const place = resolve(folder);
    await requireFolderAbove(place);
    mustBeFree(place);
    const beside = new BesideFolder(place, await partialOf(place));
    for (const made of [beside.draft, beside.notes]) await mkdir(made, { mode: PRIVATE });
    return beside;
  }

  get written(): { readonly files: number; readonly bytes: number } {
    return { files: this.#files, bytes: this.#bytes };
  }

  /** Resolves when there is room for the next file. Throws the system's error, also that of a file before. */
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

  /** Waits for all files, and puts the folder in its place. Throws like `write`, and ExportRefused when somebody filled that meanwhile. */
  async place(): Promise<void> {
    await this.#settled();
    if (this.#fault !== undefined) throw this.#fault;
    mustBeFree(this.#place);
    if (existsSync(this.#place)) await rmdir(this.#place);
    await rename(this.draft, this.#place);
    await syncFolder(dirname(this.#place));
  }

  /** Leaves nothing behind, unless the folder is in its place. */
  async discard(): Promise<void> {
    await this.#settled();
    await this.#partial.drop();
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async #put(file: string, contents: string | Uint8Array): Promise<void> {
    const path = join(this.draft, file);
    await this.#folder(dirname(path));
    // Two things of one name would be one file.
    await writeFile(path, contents, { flag: 'wx' });
  }

  #folder(path: string): Promise<unknown> {
    const known = this.#folders.get(path) ?? mkdir(path, { recursive: true });
    this.#folders.set(path, known);
    return known;
  }
}

function mustBeFree(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isSymbolicLink())
    throw new ExportRefused(`${folder} is a link to another place: name the folder itself, or remove the link`);
  if (!found.isDirectory()) throw new ExportRefused(`${folder} is a file, not a folder: nothing is written over`);
  if (readdirSync(folder).length > 0)
    throw new ExportRefused(`${folder} holds something already: nothing is written over`);
}
