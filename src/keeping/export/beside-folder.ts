import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ExportRefused } from './export-refused.ts';

/** A folder that is filled beside its place and put there when it is whole, so that nobody ever sees half of it. */
export class BesideFolder {
  /** Where it is filled. */
  readonly draft: string;
  readonly #folder: string;

  private constructor(folder: string, draft: string) {
    this.#folder = folder;
    this.draft = draft;
  }

  /** Throws ExportRefused when something stands at its place that is no empty folder, and the system's error. */
  static async create(folder: string, mode = 0o700): Promise<BesideFolder> {
    const place = resolve(folder);
    mustBeFree(place);
    const draft = `${place}.${randomBytes(4).toString('hex')}.part`;
    if (!existsSync(dirname(place))) throw new ExportRefused(`there is no folder ${dirname(place)} to make it in`);
    await mkdir(draft, { mode });
    return new BesideFolder(place, draft);
  }

  /** Puts the folder in its place. Throws ExportRefused when somebody filled that meanwhile. */
  async place(): Promise<void> {
    mustBeFree(this.#folder);
    if (existsSync(this.#folder)) await rmdir(this.#folder);
    await rename(this.draft, this.#folder);
    const above = await open(dirname(this.#folder), 'r');
    await above.sync().finally(() => above.close());
  }

  /** Leaves nothing behind, unless the folder is in its place. */
  async discard(): Promise<void> {
    await rm(this.draft, { recursive: true, force: true });
  }
}

function mustBeFree(folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new ExportRefused(`${folder} is a file, not a folder: nothing is written over`);
  if (readdirSync(folder).length > 0)
    throw new ExportRefused(`${folder} holds something already: nothing is written over`);
}
