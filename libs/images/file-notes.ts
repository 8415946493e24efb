import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../kernel/index.ts';
import { isMissing, synced } from './disk.ts';

/** The files that are about to be stored for an image, until its event names them. */
export interface FileNote {
  readonly id: string;
  readonly imageId: string;
  readonly names: readonly string[];
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Notes which files are on disk before their event: when a process dies between the two, the note finds the files
 * again. A file without a note was recorded, or is not ours, so nothing else is ever deleted.
 */
export class FileNotes {
  readonly #images: string;
  readonly #dir: string;

  /** `images`: the folder of the images' files. */
  constructor(images: string) {
    this.#images = images;
    this.#dir = join(images, 'unrecorded');
  }

  /** Resolves with the note's id when the note would survive a power loss. Throws the system's error. */
  async begin(imageId: string, names: readonly string[]): Promise<string> {
    const id = randomUUID();
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const handle = await open(join(this.#dir, id), 'wx', 0o600);
    try {
      await handle.writeFile(JSON.stringify({ imageId, names }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    for (const each of [this.#dir, this.#images]) await synced(each);
    return id;
  }

  async end(id: string): Promise<void> {
    await rm(join(this.#dir, id), { force: true });
  }

  /** The present notes, in no order. Throws the system's error. */
  async *all(): AsyncGenerator<FileNote> {
    for (const id of await this.#ids()) {
      const note = await this.#read(id);
      if (note !== undefined) yield note;
    }
  }

  async #ids(): Promise<readonly string[]> {
    try {
      return await readdir(this.#dir);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** Undefined for a note that has ended meanwhile. A torn note was never followed by files. */
  async #read(id: string): Promise<FileNote | undefined> {
    const path = join(this.#dir, id);
    try {
      const { mtimeMs: at } = await stat(path);
      return { id, at, ...saidIn(await readFile(path, 'utf8')) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

function saidIn(text: string): Pick<FileNote, 'imageId' | 'names'> {
  try {
    const said: unknown = JSON.parse(text);
    const { imageId, names } = isRecord(said) ? said : {};
    if (typeof imageId === 'string' && Array.isArray(names))
      return { imageId, names: names.filter((name) => typeof name === 'string') };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { imageId: '', names: [] };
}
