import type { Dirent } from 'node:fs';
import { opendir, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../../libs/kernel/index.ts';

/** What DATA_DIR holds, as a page tells it. */
export const DATA_PARTS = [
  'log',
  'keys',
  'views',
  'audit',
  'tree',
  'images',
  'outbox',
  'imports',
  'import-jobs',
  'other',
] as const;
export type DataPart = (typeof DATA_PARTS)[number];

/** The files that are looked at in one part; a part with more is told as "at least". */
const MOST_FILES = 20_000;

const PART_OF: readonly (readonly [RegExp, DataPart])[] = [
  [/^log\.db/, 'log'],
  [/^(vault|keys?.*)\.db|^vault-cache/, 'keys'],
  [/^views$/, 'views'],
  [/^audit$/, 'audit'],
  [/^tree$/, 'tree'],
  [/^images$/, 'images'],
  [/^outbox$/, 'outbox'],
  [/^imports$/, 'imports'],
  [/^import-jobs$/, 'import-jobs'],
];

/** The disk that a part of DATA_DIR takes. */
export interface PartSize {
  readonly part: DataPart;
  readonly bytes: number;
  /** False when it has more files than were looked at. */
  readonly isWhole: boolean;
}

/** What is known of the newest backup that was made from this folder. */
export interface MadeBackup {
  /** RFC 3339. */
  readonly at: string;
  readonly position: string;
}

/** The file in DATA_DIR in which `colloquy backup` notes that it has made a backup. */
export const LAST_BACKUP_FILE = 'last-backup.json';

/** The bytes of each part of DATA_DIR. Files that vanish meanwhile count nothing. */
export async function sizesOf(dataDir: string): Promise<readonly PartSize[]> {
  const sums = new Map<DataPart, { bytes: number; left: number }>(
    DATA_PARTS.map((part) => [part, { bytes: 0, left: MOST_FILES }]),
  );
  for await (const entry of entriesOf(dataDir)) {
    const part = PART_OF.find(([names]) => names.test(entry.name))?.[1] ?? 'other';
    const sum = sums.get(part);
    if (sum !== undefined) await add(join(dataDir, entry.name), entry, sum);
  }
  return [...sums].map(([part, { bytes, left }]) => ({ part, bytes, isWhole: left > 0 }));
}

/** The bytes that this process may still write to the disk of a folder; null when the system does not tell. */
export async function roomIn(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Null when no backup was made from this folder, or its note cannot be read. */
export async function lastBackup(dataDir: string): Promise<MadeBackup | null> {
  try {
    const noted: unknown = JSON.parse(await readFile(join(dataDir, LAST_BACKUP_FILE), 'utf8'));
    if (!isRecord(noted)) return null;
    const { at, position } = noted;
    const isTime = typeof at === 'string' && !Number.isNaN(Date.parse(at));
    return isTime && typeof position === 'string' ? { at, position } : null;
  } catch {
    return null;
  }
}

async function add(path: string, entry: Dirent, sum: { bytes: number; left: number }): Promise<void> {
  if (sum.left <= 0) return;
  sum.left -= 1;
  if (entry.isDirectory()) {
    for await (const inside of entriesOf(path)) await add(join(path, inside.name), inside, sum);
  } else if (entry.isFile()) {
    sum.bytes += (await stat(path).catch(() => ({ size: 0 }))).size;
  }
}

async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    for await (const entry of await opendir(folder)) yield entry;
  } catch {
    return;
  }
}
