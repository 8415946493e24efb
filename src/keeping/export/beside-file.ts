import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ExportRefused } from './export-refused.ts';

/** Text that is written at once, in characters. */
const PIECE = 1_048_576;

/** A file that is written beside its place and put there when it is whole, so that nobody ever sees half of it. */
export class BesideFile {
  readonly #file: string;
  readonly #draft: string;
  readonly #handle: FileHandle;
  #waiting: Buffer[] = [];
  #length = 0;

  private constructor(file: string, draft: string, handle: FileHandle) {
    this.#file = file;
    this.#draft = draft;
    this.#handle = handle;
  }

  /** Throws ExportRefused when there is such a file already, and the system's error. */
  static async create(file: string, mode: number): Promise<BesideFile> {
    if (existsSync(file)) throw new ExportRefused(`there is already a file ${file}: nothing is written over`);
    const draft = `${file}.${randomBytes(4).toString('hex')}.part`;
    return new BesideFile(file, draft, await open(draft, 'wx', mode));
  }

  async write(bytes: Buffer): Promise<void> {
    this.#waiting.push(bytes);
    this.#length += bytes.length;
    if (this.#length >= PIECE) await this.#flush();
  }

  /** On disk and closed, still beside its place. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** After `finish`: puts the file in its place. */
  async place(): Promise<void> {
    if (existsSync(this.#file)) throw new ExportRefused(`${this.#file} was made by somebody else meanwhile`);
    await rename(this.#draft, this.#file);
    await syncFolder(dirname(this.#file));
  }

  /** Leaves nothing behind, unless the file is in its place. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#draft, { force: true });
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#length = 0;
    await this.#handle.appendFile(bytes);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
