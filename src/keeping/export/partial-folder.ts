import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../../../libs/kernel/index.ts';
import { HeldFolder } from '../../../libs/scratch/index.ts';
import { ExportRefused } from './export-refused.ts';

/** Throws ExportRefused where nothing can be made at the place, since no folder is above it, and the system's error. */
export async function requireFolderAbove(place: string): Promise<void> {
  const above = dirname(place);
  const isFolder = await stat(above).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw new ExportRefused(noFolder(above, codeOf(error)), { cause: error });
    },
  );
  if (!isFolder) throw new ExportRefused(`${above} is a file, not a folder: nothing can be made in it`);
}

function noFolder(above: string, code: string): string {
  switch (code) {
    case 'ENOENT':
      return `there is no folder ${above} to make it in`;
    case 'ENOTDIR':
      return `${above} lies below a file, which is no folder: nothing can be made there`;
    case 'ELOOP':
      return `${above} is a link, or lies below one, that leads back to itself: name a folder`;
    case 'ENAMETOOLONG':
      return `the name ${above} is too long for this system: choose a shorter one`;
    default:
      return `${above} cannot be looked into by this user (${code}): choose another place`;
  }
}

/**
 * The folder beside a place in which is made what shall stand there, this run's alone; what a killed run left in it is gone.
 * Throws ExportRefused where another run has it or no export left it, and the system's error.
 */
export async function partialOf(place: string): Promise<HeldFolder> {
  const partial = `${place}.partial`;
  const folder = await HeldFolder.make(partial);
  if (folder === 'held')
    throw new ExportRefused(`another export is writing ${partial}: wait for it, or choose another place`);
  if (folder === 'foreign')
    throw new ExportRefused(`there is a ${partial} that no export left: choose another place, or move it`);
  return folder;
}

/** The names in a folder are on disk then. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
