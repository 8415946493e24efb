import type { EventStore } from '../../../libs/event-store/index.ts';
import { fileName, ImageFiles, imagesDir, storedFiles } from '../../../libs/images/index.ts';
import { counted } from '../../../libs/kernel/index.ts';
import type { KeyStore } from '../../../libs/vault/index.ts';
import type { DataInput, DataLog } from './data-input.ts';
import { reasonIn } from './findings.ts';

/** Files that are named one by one. */
const MOST_NAMED = 10;

/** The state of the files of a log's images. */
export interface ImagesChecked {
  /** Images that were not erased, and their files. */
  readonly images: number;
  readonly files: number;
  readonly faults: readonly string[];
}

/**
 * Reads the files of all images that were not erased; each must match the log. An obstacle to the check is a fault,
 * too. Throws the signal's reason.
 */
export async function checkImages(log: DataLog | null, input: DataInput): Promise<ImagesChecked> {
  const found = { images: 0, files: 0, faults: [] as string[] };
  if (log === null) return { ...found, faults: ['no image was looked at, since the log cannot be read'] };
  let keys: KeyStore | undefined;
  try {
    keys = await input.openKeys();
    await check({ log, keys, input }, found);
  } catch (error) {
    input.signal.throwIfAborted();
    found.faults.push(`the images could not all be looked at: ${reasonIn(error)}`);
  } finally {
    await keys?.close();
  }
  const more = found.faults.length - MOST_NAMED;
  if (more > 0) found.faults.splice(MOST_NAMED, more, `and ${more} more files of images`);
  return found;
}

async function check(
  {
    log,
    keys,
    input,
  }: { readonly log: Pick<EventStore, 'readAll'>; readonly keys: KeyStore; readonly input: DataInput },
  found: { images: number; files: number; readonly faults: string[] },
): Promise<void> {
  const kept = new ImageFiles(imagesDir(input.dataDir));
  for await (const { event, names } of storedFiles(log, keys)) {
    found.images += 1;
    for (const name of names) {
      input.signal.throwIfAborted();
      found.files += 1;
      const fault = faultOf(name, await kept.read(name));
      if (fault !== null) found.faults.push(`${fault}: a file of ${event.stream} (position ${event.position})`);
    }
  }
}

function faultOf(name: string, bytes: Buffer | undefined): string | null {
  if (bytes === undefined) return `images/${name.slice(0, 2)}/${name} is missing`;
  if (fileName(bytes) === name) return null;
  return `images/${name.slice(0, 2)}/${name} is not what the log says`;
}

/** For people; nothing for a forum without images. */
export function imageLines({ images, files, faults }: ImagesChecked): readonly string[] {
  if (images === 0) return [];
  const are = faults.length === 0 ? 'as the log says' : 'looked at';
  return [`images:        ${images} with ${counted(files, 'file')}, ${are}`];
}
