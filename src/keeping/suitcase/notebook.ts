import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Its owner alone reads it. */
const PRIVATE = 0o600;

/** Where a text stands in a notebook, in bytes. */
export interface NotedPlace {
  readonly start: number;
  readonly length: number;
}

/** Texts that wait in a file until they are needed, where memory would grow with them. */
export class Notebook {
  readonly #file: FileHandle;
  #end = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Throws the system's error. */
  static async begin(folder: string): Promise<Notebook> {
    return new Notebook(await open(join(folder, 'notebook'), 'wx+', PRIVATE));
  }

  async note(text: string): Promise<NotedPlace> {
    const bytes = Buffer.from(text);
    const place = { start: this.#end, length: bytes.length };
    this.#end += bytes.length;
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, place.start + done);
      done += bytesWritten;
    }
    return place;
  }

  async read({ start, length }: NotedPlace): Promise<string> {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, start);
    if (bytesRead !== length) throw new Error(`a notebook gave ${bytesRead} bytes of ${length}`);
    return bytes.toString();
  }

  /** What was noted before is needed no more: the next texts take its room. */
  turn(): void {
    this.#end = 0;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
