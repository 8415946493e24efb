import { rm } from 'node:fs/promises';
import type { DomainError } from '../../libs/kernel/index.ts';

/** A file that has come in whole, where nobody else finds it. */
export interface ReceivedFile {
  /** As the sender's browser calls it. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** A form with an export of another system, whose file was received on the disk. */
export class ExportForm {
  readonly fields: Readonly<Record<string, string>>;
  /** Why the file was not taken; the fields are there all the same. */
  readonly refusal: DomainError | null;
  #file: ReceivedFile | null;

  constructor(
    fields: Readonly<Record<string, string>>,
    { file = null, refusal = null }: { readonly file?: ReceivedFile | null; readonly refusal?: DomainError | null },
  ) {
    this.fields = fields;
    this.#file = file;
    this.refusal = refusal;
  }

  /** The file, which from now on belongs to whoever asked; null where none was sent. */
  take(): ReceivedFile | null {
    const file = this.#file;
    this.#file = null;
    return file;
  }

  /** Deletes the file that nobody has taken. */
  async drop(): Promise<void> {
    const file = this.take();
    if (file !== null) await rm(file.path, { force: true });
  }
}
