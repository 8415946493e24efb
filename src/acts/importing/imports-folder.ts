import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DomainError } from '../../../libs/kernel/index.ts';

/** What lies in the folder and its folders is offered, so many of it. */
const MOST_OFFERED = 200;
const DEEPEST = 2;

/** A file or folder that lies ready to be imported. */
export interface OfferedFile {
  /** Within the imports folder, with `/` between names. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly bytes: number;
}

/** A folder on the server from which admins choose: what is offered is chosen by name, and no other path is taken. */
export class ImportsFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Without links, hidden names, and what lies deeper than one folder within it. */
  async offered(): Promise<readonly OfferedFile[]> {
    const found: OfferedFile[] = [];
    await this.#look('', 1, found);
    return found;
  }

  /** The path of what was chosen. Throws DomainError `not_found` for what is not offered. */
  async pathOf(chosen: string, kind: OfferedFile['kind']): Promise<string> {
    const isOffered = (await this.offered()).some((one) => one.path === chosen && one.kind === kind);
    const path = join(this.folder, chosen);
    if (!isOffered || !(await this.#isInside(path)))
      throw new DomainError('not_found', 'This does not lie in the imports folder.');
    return path;
  }

  async #look(within: string, depth: number, found: OfferedFile[]): Promise<void> {
    for (const entry of await entriesOf(join(this.folder, within))) {
      if (found.length >= MOST_OFFERED) return;
      const path = within === '' ? entry.name : `${within}/${entry.name}`;
      if (entry.isFile()) {
        const { size: bytes } = await lstat(join(this.folder, path)).catch(() => ({ size: 0 }));
        found.push({ path, kind: 'file', bytes });
      } else if (entry.isDirectory()) {
        found.push({ path, kind: 'folder', bytes: 0 });
        if (depth < DEEPEST) await this.#look(path, depth + 1, found);
      }
    }
  }

  async #isInside(path: string): Promise<boolean> {
    try {
      const [folder, real] = await Promise.all([realpath(this.folder), realpath(path)]);
      return real.startsWith(folder + sep);
    } catch {
      return false;
    }
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    return [];
  }
}
