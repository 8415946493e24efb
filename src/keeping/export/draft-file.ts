import { type FileHandle, open } from 'node:fs/promises';

/** Text that is written at once, in bytes. */
const PIECE = 1_048_576;

/** A new file that is written in large pieces. */
export class DraftFile {
  readonly #handle: FileHandle;
  #waiting: Buffer[] = [];
  #length = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Throws the system's error, also where there is such a file. */
  static async create(path: string, mode: number): Promise<DraftFile> {
    return new DraftFile(await open(path, 'wx', mode));
  }

  async write(bytes: Buffer): Promise<void> {
    this.#waiting.push(bytes);
    this.#length += bytes.length;
    if (this.#length >= PIECE) await this.#flush();
  }

  /** On disk and closed. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#handle.sync();
    await this.#handle.close();
  }

  /** Closed, whatever of it is written. */
  async end(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#length = 0;
    await this.#handle.appendFile(bytes);
  }
}
