import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Position } from '../kernel/index.ts';
import { buildAll, ViewBuild } from './build.ts';
import { compareViews } from './compare.ts';
import { digestOf } from './digest.ts';
import type { LogReader, Verification, ViewDefinition, ViewState } from './port.ts';
import { dropFile, generations, readCheckpoint, viewFile } from './view-file.ts';
import { saysBroken } from './view-writer.ts';

export interface ReplayOptions {
  readonly log: LogReader;
  readonly definitions: readonly ViewDefinition[];
  /** Where the scratch files go; made when missing. */
  readonly dir: string;
  /** The names of the views to build; all unless told. */
  readonly views?: readonly string[];
  /** The last position to fold, of all views or of each by its name; the log's end unless told. */
  readonly until?: Position | ReadonlyMap<string, Position>;
  /** Called after each batch. */
  readonly onProgress?: (progress: ReplayProgress) => void;
  readonly signal?: AbortSignal;
}

export interface ReplayProgress {
  readonly position: Position;
  /** Where the reading ends: the log's newest position when it began, or the greatest `until`. */
  readonly until: Position;
  /** Events folded so far, each once, however many views it goes to. */
  readonly events: number;
  readonly eventsPerSecond: number;
}

/** A view as a replay has built it. */
export interface Replayed {
  readonly view: string;
  readonly version: number;
  /** Null when the view has stopped at an event that it cannot read. */
  readonly file: string | null;
  readonly position: Position;
  readonly stopped: ViewState['stopped'];
}

/**
 * Builds views from an empty file each, in one reading of the log; whoever asked deletes the files or installs them.
 * Throws RangeError for a view that is not defined, the signal's reason when it aborts, and what the log throws; then no
 * file is left.
 */
export async function replayViews(options: ReplayOptions): Promise<readonly Replayed[]> {
  const { log, dir, until, signal, onProgress } = options;
  const definitions = chosen(options);
  mkdirSync(dir, { recursive: true });
  const end = (name: string): Position | null => (typeof until === 'bigint' ? until : (until?.get(name) ?? null));
  const target = greatest(definitions.map(({ name }) => end(name))) ?? (await log.head());
  const builds = definitions.map((view) => new ViewBuild(view, scratchFile(dir, view), end(view.name)));
  const started = performance.now();
  const onRead = (position: Position, events: number): void => {
    const eventsPerSecond = (events / Math.max(1, performance.now() - started)) * 1_000;
    onProgress?.({ position, until: target, events, eventsPerSecond });
  };
  await buildAll(log, builds, { onRead, ...(signal && { signal }) });
  return builds.map(({ definition: { name, version }, file, position, stopped }) => {
    return { view: name, version, file: stopped ? null : file, position, stopped };
  });
}

/** Null when one of them is null: the log's end. */
function greatest(positions: readonly (Position | null)[]): Position | null {
  return positions.reduce(
    (most, position) => (most === null || position === null ? null : most > position ? most : position),
    0n,
  );
}

/** A view's file as it is served. */
export interface LiveFile {
  readonly file: string;
  /** What whoever serves the file has told before this: its checkpoint may lag behind that. */
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

/**
 * Builds views anew in one reading of the log, each up to where its live file in `dir` stands, and compares them. The
 * files may be in use: they are read as they are at the beginning. Throws as `replayViews`, and NotVerifiable.
 */
export async function verifyViews(options: VerifyOptions): Promise<readonly Verification[]> {
  const live = new Map<string, Database.Database>();
  const until = new Map<string, Position>();
  let replayed: readonly Replayed[] = [];
  try {
    for (const definition of chosen(options)) {
      const known = options.files?.get(definition.name);
      const file = known?.file ?? liveFile(options.dir, definition);
      const db = unlessBroken(file, () => new Database(file, { readonly: true, fileMustExist: true }));
      live.set(definition.name, db);
      db.exec('BEGIN');
      const saved = unlessBroken(file, () => readCheckpoint(db).position);
      until.set(definition.name, known && known.reached > saved ? known.reached : saved);
    }
    replayed = await replayViews({ ...options, until });
    return replayed.map((view) => verified(view, options.definitions, live.get(view.view)));
  } finally {
    for (const db of live.values()) db.close();
    for (const { file } of replayed) if (file !== null) dropFile(file);
  }
}

/** Makes a replayed file the view's newest generation in `dir`, which the next start serves; gives its new name. */
export function installReplayed(dir: string, definition: ViewDefinition, file: string): string {
  putOnDisk(file);
  for (let generation = (generations(dir, definition)[0] ?? 0) + 1; ; generation += 1) {
    const installed = viewFile(dir, definition, generation);
    if (!linked(file, installed)) continue;
    unlinkSync(file);
    return installed;
  }
}

/** A build does without syncs, and a file that a power loss left half written would not be seen to be so. */
function putOnDisk(file: string): void {
  const fd = openSync(file, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** False when the name is taken: another process may install a file at the same moment. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The digest of a replayed file that was made for nothing else: it is deleted. */
export function digestReplayed(definition: ViewDefinition, file: string): string {
  const db = new Database(file, { readonly: true });
  try {
    return digestOf(db, definition);
  } finally {
    db.close();
    dropFile(file);
  }
}

function chosen({ definitions, views }: Pick<ReplayOptions, 'definitions' | 'views'>): readonly ViewDefinition[] {
  if (views === undefined) return definitions;
  return views.map((name) => {
    const definition = definitions.find((known) => known.name === name);
    if (!definition)
      throw new RangeError(`there is no view ${name}: ${definitions.map((known) => known.name).join(', ')}`);
    return definition;
  });
}

function scratchFile(dir: string, { name, version }: ViewDefinition): string {
  return join(dir, `${name}.v${version}.${randomUUID()}.scratch`);
}

/** Whoever serves a file has its write-ahead log beside it; a newer one waits for the next start. */
function liveFile(dir: string, definition: ViewDefinition): string {
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

function verified(
  { view, version, file, position, stopped }: Replayed,
  definitions: readonly ViewDefinition[],
  live: Database.Database | undefined,
): Verification {
  const definition = definitions.find(({ name }) => name === view);
  if (!definition || !live) throw new Error(`there is no view ${view}`);
  if (stopped) throw new NotVerifiable(`${view} stopped at ${stopped.position}: ${stopped.reason}`);
  if (file === null) throw new NotVerifiable(`${view} was not built`);
  const rebuilt = new Database(file, { readonly: true });
  try {
    return { view, version, position, ...unlessBroken(live.name, () => compareViews(definition, live, rebuilt)) };
  } finally {
    rebuilt.close();
  }
}
