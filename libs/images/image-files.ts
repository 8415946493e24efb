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
    const dir = join(this.#dir, name.slice(0, 2));
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const draft = join(dir, `.${name}.${randomBytes(4).toString('hex')}`);
    try {
      await written(draft, sealed);
      await rename(draft, join(dir, name));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    for (const each of [dir, this.#dir]) await synced(each);
    return name;
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

  #path(name: string): string {
    if (!NAME.test(name)) throw new RangeError('a sealed file is named by 64 lower-case hex digits');
    return join(this.#dir, name.slice(0, 2), name);
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
