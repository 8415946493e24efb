import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { dropLeft, HeldFolder } from '../../libs/scratch/index.ts';

/** The folders of views that a program builds for itself, in that of the forum's views. */
const REPLAYED = 'replayed-';

/** A folder for views that a program builds for itself; what killed programs left of theirs is deleted. */
export async function replayFolder(viewsDir: string): Promise<HeldFolder> {
  mkdirSync(viewsDir, { recursive: true });
  await dropLeftReplays(viewsDir);
  const folder = await HeldFolder.make(join(viewsDir, `${REPLAYED}${randomUUID()}`));
  if (folder instanceof HeldFolder) return folder;
  throw new Error('a new folder of views is another program’s');
}

/** Deletes what killed programs left of views that they built for themselves. */
export function dropLeftReplays(viewsDir: string): Promise<void> {
  return dropLeft(viewsDir, REPLAYED);
}
