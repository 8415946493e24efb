import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing, synced } from './disk.ts';
import { FileNotes } from './file-notes.ts';

/** The injection token of ImageFiles. */
export const IMAGE_FILES = Symbol('ImageFiles');

/** The folder of images in a data directory, and in a backup. */
export function imagesDir(dataDir: string): string {
  return join(dataDir, 'images');
}

/** The name of sealed bytes: a file with another name is damaged. */
export function fileName(sealed: Uint8Array): string {
  return createHash('sha256').update(sealed).digest('hex');
}

const NAME = /^[0-9a-f]{64}$/;

/** Sealed bytes with the name that `fileName` gives them. */
export interface NamedFile {
  readonly name: string;
  readonly sealed: Uint8Array;
}

/**
 * Sealed files under the SHA-256 of their bytes, readable by the forum's own user alone; a file is never overwritten.
 */
export class ImageFiles {
  /** Notes of files that are stored before their event. */
  readonly notes: FileNotes;
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
    this.notes = new FileNotes(dir);
  }

  /** Resolves with the file's name when the file would survive a power loss. Throws the system's error. */
  async put(sealed: Uint8Array): Promise<string> {
    const name = fileName(sealed);
    await this.putAll([{ name, sealed }]);
    return name;
  }

  /**
   * The same for several files, beside each other, whose names are known. When it throws the system's error, nothing is written
   * any more, and some of the files may be there.
   */
  async putAll(files: readonly NamedFile[]): Promise<void> {
    const ended = await Promise.allSettled(files.map((file) => this.#write(file)));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    const folders = new Set(files.map(({ name }) => this.#folder(name)));
    await Promise.all([...folders, this.#dir].map(synced));
  }

  async #write({ name, sealed }: NamedFile): Promise<void> {
    const dir = this.#folder(name);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const draft = join(dir, `.${name}.${randomBytes(4).toString('hex')}`);
    try {
      await written(draft, sealed);
      await rename(draft, join(dir, name));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  /** Undefined when there is none. Throws RangeError for a name that is none, and the system's error. */
  async read(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.#path(name));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async has(name: string): Promise<boolean> {
    try {
      return (await stat(this.#path(name))).isFile();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  /**
   * Deletes the file and its unfinished drafts, if they were written before the moment (milliseconds since 1970); gives
   * what it deleted and what it left. Throws the system's error.
   */
  async removeOlder(name: string, before: number): Promise<{ readonly removed: number; readonly left: number }> {
    const dir = join(this.#path(name), '..');
    let [removed, left] = [0, 0];
    for (const entry of await entriesOf(dir)) {
      if (entry !== name && !entry.startsWith(`.${name}.`)) continue;
      const path = join(dir, entry);
      if ((await writtenAt(path)) >= before) left += 1;
      else {
        await rm(path, { force: true });
        removed += 1;
      }
    }
    return { removed, left };
  }

  #folder(name: string): string {
    return join(this.#dir, name.slice(0, 2));
  }

  #path(name: string): string {
    if (!NAME.test(name)) throw new RangeError('a sealed file is named by 64 lower-case hex digits');
    return join(this.#folder(name), name);
  }
}

async function written(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function entriesOf(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** A file that is gone meanwhile counts as older than all others. */
async function writtenAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return Number.NEGATIVE_INFINITY;
    throw error;
  }
}
