import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../../libs/kernel/index.ts';
import { BackupFault } from './backup-fault.ts';

/** The files that a forum keeps, in its data directory and in a backup alike; the log first, since its keys are older than it. */
export const KEPT_FILES = ['log.db', 'vault.db', 'secrets.json'] as const;
export type KeptFile = (typeof KEPT_FILES)[number];

export type FileFacts = {
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
};

/** Reads a file once. Throws BackupFault that names it. */
export async function factsOf(file: string, onBytes: (bytes: number) => void = () => undefined): Promise<FileFacts> {
  const digest = createHash('sha256');
  let bytes = 0;
  try {
    for await (const part of createReadStream(file, { highWaterMark: 1_048_576 })) {
      digest.update(part);
      bytes += part.length;
      onBytes(part.length);
    }
  } catch (error) {
    throw fileFault(error, file);
  }
  return { bytes, sha256: digest.digest('hex') };
}

/** The operating system's message about a file or directory, for people; any other error unchanged. */
export function fileFault(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
      return new BackupFault(`${path} is missing`);
    case 'EISDIR':
    case 'ENOTDIR':
      return new BackupFault(`${path}: a file and a directory are mixed up here`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new BackupFault(`${path} may not be read or written by this user`);
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new BackupFault(`${path}: the disk is full, or the file may not grow`);
    case 'EIO':
      return new BackupFault(`${path} cannot be read or written: the disk is faulty`);
    default:
      return error;
  }
}

/** Everything in a directory, nothing for one that does not exist. Throws BackupFault for a file in its place. */
export function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw fileFault(error, directory);
  }
}

/** Makes the files of a directory, and their names in it, outlive a power loss. */
export function syncAll(directory: string, names: readonly string[]): void {
  for (const path of [...names.map((name) => join(directory, name)), directory]) {
    const handle = openSync(path, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  }
}
