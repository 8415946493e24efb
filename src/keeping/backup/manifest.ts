import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogServerName } from '../../../libs/event-store/index.ts';
import { canonicalJson, isRecord } from '../../../libs/kernel/index.ts';
import { BackupFault } from './backup-fault.ts';
import { type FileFacts, fileFault, KEPT_FILES, type KeptFile } from './files.ts';
import type { ImagesFound } from './images.ts';

/** Raised whenever an older program could not read a backup any more. */
const FORMAT = 1;
export const MANIFEST = 'manifest.json';

/** A backup's description of itself, written last: a directory without it is no backup. */
export type Manifest = {
  readonly format: number;
  /** RFC 3339, UTC: the beginning of the backup; it holds everything acknowledged before. */
  readonly createdAt: string;
  /** Of the program that wrote it. */
  readonly colloquy: string;
  /** The place of the log, and the newest event's position there. */
  readonly source: { readonly kind: 'sqlite' | LogServerName; readonly position: string };
  readonly log: {
    readonly events: number;
    /** Of the newest event in log.db; the first one stands at 1, and there are no gaps. */
    readonly position: string;
    /** The chained digest over the lines of all events. */
    readonly digest: string;
    /** Events whose sealed part no key opens, because the forum had none for them either; 0 unless it was damaged. */
    readonly unreadable: number;
  };
  readonly files: Readonly<Record<KeptFile, FileFacts>>;
  /** The files of images, each named by its own hash; not there when the log has no image. */
  readonly images?: ImagesFound;
};

/** The file's text: the manifest, and a hash over it that shows when it was changed. */
export function manifestText(manifest: Manifest): string {
  const sha256 = hash('sha256', canonicalJson(manifest));
  return `${JSON.stringify({ ...manifest, sha256 }, null, 2)}\n`;
}

/** Reads a backup's manifest. Throws BackupFault: there is none, it was changed, or a newer program wrote it. */
export function readManifest(directory: string): Manifest {
  const file = join(directory, MANIFEST);
  const value = parsed(textOf(file, directory));
  const damaged = new BackupFault(`${file} is damaged: it is not as it was written`);
  if (!isRecord(value)) throw damaged;
  if (typeof value['format'] === 'number' && value['format'] > FORMAT) {
    throw new BackupFault(
      `${file}: a newer Colloquy wrote this backup (format ${value['format']}); restore it with that one`,
    );
  }
  const { sha256: _, ...manifest } = value;
  if (!isManifest(manifest) || manifestText(manifest) !== textOf(file, directory)) throw damaged;
  return manifest;
}

/** The manifest of a new backup. */
export function newManifest(facts: Omit<Manifest, 'format'>): Manifest {
  return { format: FORMAT, ...facts };
}

function textOf(file: string, directory: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const fault = fileFault(error, file);
    if (!(fault instanceof BackupFault)) throw fault;
    throw new BackupFault(`${directory} is no whole backup: ${fault.message}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Unchecked = Readonly<Record<string, unknown>>;

/** Every field has its type; the hash over them shows that the values are right. */
function isManifest(value: Unchecked): value is Manifest {
  const { source, log, files, images } = value;
  return (
    value['format'] === FORMAT &&
    hasTexts(value, 'createdAt', 'colloquy') &&
    isRecord(source) &&
    hasTexts(source, 'kind', 'position') &&
    isRecord(log) &&
    hasTexts(log, 'position', 'digest') &&
    hasNumbers(log, 'events', 'unreadable') &&
    isRecord(files) &&
    KEPT_FILES.every((name) => isFacts(files[name])) &&
    (images === undefined || (isRecord(images) && hasNumbers(images, 'files', 'bytes', 'missing')))
  );
}

function isFacts(value: unknown): boolean {
  return isRecord(value) && hasNumbers(value, 'bytes') && hasTexts(value, 'sha256');
}

function hasTexts(value: Unchecked, ...names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'string');
}

function hasNumbers(value: Unchecked, ...names: readonly string[]): boolean {
  return names.every((name) => Number.isSafeInteger(value[name]));
}
