import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { MOST_IMAGE_BYTES } from '../../../libs/images/index.ts';
import { composed } from '../../../libs/words/index.ts';
import { ImageMissing } from './image-missing.ts';

/** Files that are looked through at most: a folder of uploads has some ten thousands. */
const MOST_FILES = 1_000_000;

/**
 * A blog's uploads: the folder itself (`2015/10/map.png`), or one that contains it (`wp-content/uploads/…`). Names are
 * found whatever their letter case and Unicode form. Nothing outside of the folder is read, wherever a link in it
 * leads.
 */
export class MediaFolder {
  /** By what stands behind `uploads/`, folded. */
  readonly #files = new Map<string, string>();
  /** The largest of the smaller copies, by the name of the image that they were made from. */
  readonly #copies = new Map<string, { readonly file: string; readonly pixels: number }>();

  /** Looks through the folder. Throws the system's error when it is none. */
  static async open(dir: string): Promise<MediaFolder> {
    const folder = new MediaFolder();
    await folder.#add(await realpath(dir));
    return folder;
  }

  /** The bytes of the file that a path of the old site named; undefined when there is none. Throws ImageMissing. */
  async read(path: string): Promise<Buffer | undefined> {
    const file = foundIn(this.#files, path);
    return file === undefined ? undefined : bytesOf(file);
  }

  /** The same of the largest copy that WordPress has made of it, where the image itself is not there. */
  async readCopy(path: string): Promise<Buffer | undefined> {
    const copy = foundIn(this.#copies, path);
    return copy === undefined ? undefined : bytesOf(copy.file);
  }

  async #add(root: string): Promise<void> {
    const waiting = [root];
    for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
      for (const entry of await readdir(dir, { withFileTypes: true })) {
        const path = join(dir, entry.name);
        if (entry.isDirectory()) waiting.push(path);
        else if (entry.isFile()) this.#keep(relative(root, path), path);
        else if (entry.isSymbolicLink()) await this.#addLinked(root, path);
        if (this.#files.size > MOST_FILES) throw new RangeError(`${root} holds more than ${MOST_FILES} files`);
      }
    }
  }

  /** A link to a file within the folder is that file; links that lead out, or in a circle, are ignored. */
  async #addLinked(root: string, link: string): Promise<void> {
    const target = await realpath(link).catch(() => null);
    if (target?.startsWith(root + sep) && (await stat(target)).isFile()) this.#keep(relative(root, link), target);
  }

  #keep(name: string, file: string): void {
    const key = folded(behindUploads(name.split(sep).join('/')));
    if (!this.#files.has(key)) this.#files.set(key, file);
    const size = SIZE.exec(key);
    if (size === null) return;
    const whole = key.replace(SIZE, '');
    const pixels = Number(size[1]) * Number(size[2]);
    if (pixels > (this.#copies.get(whole)?.pixels ?? 0)) this.#copies.set(whole, { file, pixels });
  }
}

const SIZE = /-(\d{1,5})x(\d{1,5})(?=\.[a-z]{3,4}$)/;

function foundIn<Entry>(entries: ReadonlyMap<string, Entry>, path: string): Entry | undefined {
  for (const key of keysOf(path)) {
    const found = entries.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names that a path may have in the folder, the surest first. */
function keysOf(path: string): readonly string[] {
  const whole = path.replace(/^\/+/, '');
  const dated = /(?:^|\/)(\d{4}\/\d{2}\/[^/]+)$/.exec(whole)?.[1];
  return [behindUploads(whole), whole, ...(dated === undefined ? [] : [dated])].map(folded);
}

function behindUploads(path: string): string {
  return path.replace(/^(?:.*\/)?(?:uploads|files)\//i, '');
}

function folded(name: string): string {
  return composed(name).toLowerCase();
}

async function bytesOf(file: string): Promise<Buffer> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    if (size > MOST_IMAGE_BYTES) throw new ImageMissing(`larger than ${MOST_IMAGE_BYTES} bytes`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
