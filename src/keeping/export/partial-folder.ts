import { open } from 'node:fs/promises';
import { HeldFolder } from '../../../libs/scratch/index.ts';
import { ExportRefused } from './export-refused.ts';

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
