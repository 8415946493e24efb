import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Position } from '../kernel/index.ts';
import { compareViews } from './compare.ts';
import { digestOf } from './digest.ts';
import type { Comparison, Verification, ViewDefinition } from './port.ts';
import { chosen, type Replayed, type ReplayOptions, replayViews } from './replay.ts';
import { dropFile, generations, readCheckpoint, viewFile } from './view-file.ts';
import { saysBroken } from './view-writer.ts';

/** A view's file as it is served. */
export interface LiveFile {
  readonly file: string;
  /** The position reported by the file's server; its checkpoint may lag behind. */
  readonly reached: Position;
}

export interface VerifyOptions extends Omit<ReplayOptions, 'until'> {
  /** The files to compare with, by view; unless told, the one in `dir` that is in use, else the newest. */
  readonly files?: ReadonlyMap<string, LiveFile>;
}

/** A view has no file to compare with, or a damaged one, or cannot read an event. */
export class NotVerifiable extends Error {
  override readonly name = 'NotVerifiable';
}

/** A live file at the position where it stood when it was opened, however much is written to it meanwhile. */
export interface Held {
  readonly definition: ViewDefinition;
  readonly db: Database.Database;
  readonly position: Position;
}

/**
 * Builds views anew in one reading of the log, each up to its live file's position in `dir`, and compares them. The
 * files may be in use: they are read at the beginning, without a pause, and released before the building, since the
 * write-ahead log of a held file grows with each commit. A differing view is verified once more with its file held to
 * the end, which names the first differing row, and this counts: what is opened as the log is read may have been erased
 * between the first file's position and its building. Throws like `replayViews`, and NotVerifiable.
 */
export async function verifyViews(options: VerifyOptions): Promise<readonly Verification[]> {
  const { pace } = options;
  const live = await whileHeld(options, (held) => {
    return held.map(({ definition, db, position }) => {
      return { definition, position, digest: unlessBroken(db.name, () => digestOf(db, definition)) };
    });
  });
  const found = await afterBuilding(options, live, ({ digest, definition }, rebuilt): Comparison => {
    const made = digestOf(rebuilt, definition, pace);
    return { live: digest, rebuilt: made, equal: made === digest, difference: null };
  });
  const different = found.filter(({ equal }) => !equal).map(({ view }) => view);
  if (different.length === 0) return found;
  const named = await verifyHeld({ ...options, views: different });
  return found.map((one) => named.find(({ view }) => view === one.view) ?? one);
}

function verifyHeld(options: VerifyOptions): Promise<readonly Verification[]> {
  return whileHeld(options, (held) =>
    afterBuilding(options, held, ({ db, definition }, rebuilt) =>
      unlessBroken(db.name, () => compareViews(definition, db, rebuilt)),
    ),
  );
}

/** Opens the live files, and closes them when what is done with them is over. */
async function whileHeld<Result>(
  options: VerifyOptions,
  use: (held: readonly Held[]) => Result | Promise<Result>,
): Promise<Result> {
  const held: Held[] = [];
  try {
    for (const definition of chosen(options)) held.push(hold(definition, options));
    return await use(held);
  } finally {
    for (const { db } of held) db.close();
  }
}

export function hold(definition: ViewDefinition, { files, dir }: VerifyOptions): Held {
  const known = files?.get(definition.name);
  const file = known?.file ?? liveFile(dir, definition);
  const db = unlessBroken(file, () => new Database(file, { readonly: true, fileMustExist: true }));
  try {
    db.exec('BEGIN');
    const saved = unlessBroken(file, () => readCheckpoint(db).position);
    return { definition, db, position: known && known.reached > saved ? known.reached : saved };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A served file has its write-ahead log beside it; a newer one waits for the next start. Throws NotVerifiable where there is none. */
export function liveFile(dir: string, definition: ViewDefinition): string {
  const files = generations(dir, definition).map((generation) => viewFile(dir, definition, generation));
  const live = files.find((file) => existsSync(`${file}-wal`)) ?? files[0];
  if (live !== undefined) return live;
  throw new NotVerifiable(`there is no file of the view ${definition.name}, version ${definition.version}`);
}

function unlessBroken<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (saysBroken(error)) throw new NotVerifiable(`${file} is damaged; the next start builds it anew`);
    throw error;
  }
}

interface Target {
  readonly definition: ViewDefinition;
  readonly position: Position;
}

/** Builds each view up to its position, and deletes the files when they were compared. */
async function afterBuilding<Live extends Target>(
  options: VerifyOptions,
  live: readonly Live[],
  compare: (live: Live, rebuilt: Database.Database) => Comparison,
): Promise<readonly Verification[]> {
  const until = new Map(live.map(({ definition, position }) => [definition.name, position]));
  const replayed = await replayViews({ ...options, until });
  try {
    return replayed.map((view) => {
      const one = live.find(({ definition }) => definition.name === view.view);
      if (!one) throw new Error(`there is no view ${view.view}`);
      return verified(view, (rebuilt) => compare(one, rebuilt));
    });
  } finally {
    for (const { file } of replayed) if (file !== null) dropFile(file);
  }
}

function verified(
  { view, version, file, position, stopped }: Replayed,
  compare: (rebuilt: Database.Database) => Comparison,
): Verification {
  if (stopped) throw new NotVerifiable(`${view} stopped at ${stopped.position}: ${stopped.reason}`);
  if (file === null) throw new NotVerifiable(`${view} was not built`);
  const rebuilt = new Database(file, { readonly: true });
  try {
    return { view, version, position, ...compare(rebuilt) };
  } finally {
    rebuilt.close();
  }
}
