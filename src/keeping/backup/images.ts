import { fileName, type ImageFiles, storedFiles } from '../../../libs/images/index.ts';
import type { CopySource } from '../../../libs/log-copy/index.ts';
import { BackupFault } from './backup-fault.ts';

export type ImagesFound = {
  /** Files of images, and their bytes together. */
  readonly files: number;
  readonly bytes: number;
  /** Files that the log names and that are not there, or are damaged. */
  readonly missing: number;
};

/**
 * Copies the files of all images of a log. Existing copies stay, and files that no key opens any more are left out.
 * Each file is named by its own hash, so a damaged one is recognised and left out. Throws StoreUnavailable, and the
 * system's error.
 */
export function copyImages(
  source: CopySource,
  { from, to }: { readonly from: ImageFiles; readonly to: ImageFiles },
  signal?: AbortSignal,
): Promise<ImagesFound> {
  const copied = async (name: string): Promise<Buffer | undefined> => {
    const there = await wholeFile(to, name);
    if (there !== undefined) return there;
    const bytes = await wholeFile(from, name);
    if (bytes !== undefined) await to.put(bytes);
    return bytes;
  };
  return overFiles(source, copied, signal);
}

/** Reads the files of all images of a log. Throws as `copyImages`. */
export function findImages(source: CopySource, files: ImageFiles, signal?: AbortSignal): Promise<ImagesFound> {
  return overFiles(source, (name) => wholeFile(files, name), signal);
}

/** Throws BackupFault when there are fewer files than a backup had. */
export function refuseLost({ missing }: ImagesFound, due: ImagesFound | undefined, place: string): void {
  const lost = missing - (due?.missing ?? 0);
  if (lost > 0) throw new BackupFault(`${place} is damaged: files of images that are missing or altered: ${lost}`);
}

async function overFiles(
  { log, keys }: CopySource,
  fileOf: (name: string) => Promise<Buffer | undefined>,
  signal?: AbortSignal,
): Promise<ImagesFound> {
  let [files, bytes, missing] = [0, 0, 0];
  for await (const { names } of storedFiles(log, keys)) {
    for (const name of names) {
      signal?.throwIfAborted();
      const file = await fileOf(name);
      files += file === undefined ? 0 : 1;
      bytes += file?.byteLength ?? 0;
      missing += file === undefined ? 1 : 0;
    }
  }
  return { files, bytes, missing };
}

/** Undefined for a missing file, or one that differs from its name. */
async function wholeFile(files: ImageFiles, name: string): Promise<Buffer | undefined> {
  const bytes = await files.read(name);
  return bytes !== undefined && fileName(bytes) === name ? bytes : undefined;
}
