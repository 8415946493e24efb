import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { HeldFolder } from '../../../libs/scratch/index.ts';
import { DraftFile } from './draft-file.ts';
import { ExportRefused } from './export-refused.ts';
import { partialOf, requireFolderAbove, syncFolder } from './partial-folder.ts';

/**
 * A file that is written in the folder `FILE.partial` and put in its place when it is whole, so that nobody ever sees half of
 * it. What a killed run left there the next one to the same file takes away.
 */
export class BesideFile {
  readonly #file: string;
  readonly #path: string;
  readonly #partial: HeldFolder;
  readonly #draft: DraftFile;

  private constructor(file: string, partial: HeldFolder, { path, draft }: { path: string; draft: DraftFile }) {
    this.#file = file;
    this.#partial = partial;
    this.#path = path;
    this.#draft = draft;
  }

  /** Throws ExportRefused when there is such a file already or another run makes it, and the system's error. */
  static async create(file: string, mode: number): Promise<BesideFile> {
    await requireFolderAbove(file);
    if (existsSync(file)) throw new ExportRefused(`there is already a file ${file}: nothing is written over`);
    const partial = await partialOf(file);
    const path = join(partial.path, 'whole');
    try {
      return new BesideFile(file, partial, { path, draft: await DraftFile.create(path, mode) });
    } catch (error) {
      await partial.drop();
      throw error;
    }
  }

  write(bytes: Buffer): Promise<void> {
    return this.#draft.write(bytes);
  }

  /** On disk and closed, still beside its place. */
  finish(): Promise<void> {
    return this.#draft.finish();
  }

  /** After `finish`: puts the file in its place. */
  async place(): Promise<void> {
    if (existsSync(this.#file)) throw new ExportRefused(`${this.#file} was made by somebody else meanwhile`);
    await rename(this.#path, this.#file);
    await syncFolder(dirname(this.#file));
  }

  /** Leaves nothing behind, unless the file is in its place. */
  async discard(): Promise<void> {
    await this.#draft.end();
    await this.#partial.drop();
  }
}
