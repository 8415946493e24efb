import type { EventStore, RecordedEvent } from '../event-store/index.ts';
import { type KeyStore, keyIdIn } from '../vault/index.ts';

/** The events by which a log says which files an image has, in all versions. */
export const IMAGE_STORED_TYPES: readonly string[] = ['ImageStored.v1'];

/** The files of one image, named by the hash of what they hold. */
export interface FilesOfImage {
  readonly event: RecordedEvent;
  readonly names: readonly string[];
}

/** The files that the log names, image by image, without those that no key opens any more. Throws StoreUnavailable. */
export async function* storedFiles(
  log: Pick<EventStore, 'readAll'>,
  keys: Pick<KeyStore, 'stateOf'>,
): AsyncGenerator<FilesOfImage> {
  for await (const event of log.readAll({ filter: { types: [...IMAGE_STORED_TYPES] } }))
    if (!(await isErased(event, keys))) yield { event, names: fileNamesIn(event) };
}

async function isErased({ sealed }: RecordedEvent, keys: Pick<KeyStore, 'stateOf'>): Promise<boolean> {
  const key = sealed === null ? undefined : keyIdIn(sealed);
  return key !== undefined && (await keys.stateOf(key)) === 'destroyed';
}

/** The names of the files that an image's event states. */
export function fileNamesIn({ data }: Pick<RecordedEvent, 'data'>): readonly string[] {
  const files: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'files') : null;
  if (!Array.isArray(files)) return [];
  return files.map((file: unknown) => nameIn(file)).filter((name) => name !== null);
}

function nameIn(file: unknown): string | null {
  const name: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, 'sha256') : null;
  return typeof name === 'string' ? name : null;
}
