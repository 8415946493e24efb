import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The injection token of ImageFiles. */
export const IMAGE_FILES = Symbol('ImageFiles');

/** The folder of a data directory, and of a backup, that they lie in. */
export function imagesDir(dataDir: string): string {
  return join(dataDir, 'images');
}

/** What sealed bytes are called: a file that is called otherwise is damaged. */
export function fileName(sealed: Uint8Array): string {
  return createHash('sha256').update(sealed).digest('hex');
}

const NAME = /^[0-9a-f]{64}$/;

/** Sealed files under the SHA-256 of their bytes, for the forum's own user alone; a file is never written over. */
export class ImageFiles {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Resolves with the file's name when the file would outlive a power loss. Throws the system's error. */
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

async function synced(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
