import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RecordedEvent } from '../event-store/port.ts';
import { codeOf, type Position } from '../kernel/index.ts';
import { buildAll, ViewBuild } from './build.ts';
import { digestOf } from './digest.ts';
import type { LogReader, ViewDefinition, ViewState } from './port.ts';
import { dropFile, generations, viewFile } from './view-file.ts';

export interface ReplayOptions {
  readonly log: LogReader;
  readonly definitions: readonly ViewDefinition[];
  /** Where the scratch files go; made when missing. */
  readonly dir: string;
  /** The names of the views to build; all unless told. */
  readonly views?: readonly string[];
  /** The last position to fold, for all views or by name; the log's end unless told. */
  readonly until?: Position | ReadonlyMap<string, Position>;
  /**
   * Called for each event once, in the log's order; a refused event is folded by no view. All are folded unless told.
   */
  readonly takes?: (event: RecordedEvent) => boolean;
  /** Called after each batch, and after each step of what is done once all is read. */
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Called after every few milliseconds of work; may delay the thread, so that others get more of the machine. */
  readonly pace?: () => void;
  readonly signal?: AbortSignal;
}

export interface ReplayProgress {
  readonly position: Position;
  /** Where the reading ends: the log's newest position when it began, or the greatest `until`. */
  readonly until: Position;
  /** Events folded so far, each once, however many views it goes to. */
  readonly events: number;
  readonly eventsPerSecond: number;
  /** Of all that is to be done, from 0 to 1: half of it is to read, half to finish what was read. */
  readonly done: number;
}

/** A view as a replay has built it. */
export interface Replayed {
  readonly view: string;
  readonly version: number;
  /** Null when the view has stopped at an unreadable event. */
  readonly file: string | null;
  readonly position: Position;
  readonly stopped: ViewState['stopped'];
}

/**
 * Builds views from an empty file each, in one reading of the log; the caller deletes the files or installs them.
 * Throws RangeError for an undefined view, the signal's reason when it aborts, and the log's errors; then no file is
 * left.
 */
export async function replayViews(options: ReplayOptions): Promise<readonly Replayed[]> {
  const { log, dir, until, signal, onProgress, pace, takes } = options;
  const definitions = chosen(options);
  mkdirSync(dir, { recursive: true });
  const end = (name: string): Position | null => (typeof until === 'bigint' ? until : (until?.get(name) ?? null));
  const target = greatest(definitions.map(({ name }) => end(name))) ?? (await log.head());
  const builds = definitions.map((view) => new ViewBuild(view, scratchFile(dir, view), end(view.name), log));
  const started = performance.now();
  let read = { position: 0n, events: 0 };
  const tell = (done: number): void => {
    const eventsPerSecond = (read.events / Math.max(1, performance.now() - started)) * 1_000;
    onProgress?.({ ...read, until: target, eventsPerSecond, done });
    pace?.();
  };
  const onRead = (position: Position, events: number): void => {
    read = { position, events };
    tell(target === 0n ? 0.5 : Math.min(1, Number(position) / Number(target)) / 2);
  };
  const onFinishing = (done: number): void => tell(0.5 + done / 2);
  await buildAll(log, builds, { onRead, onFinishing, ...(signal && { signal }), ...(takes && { takes }) });
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

/** A build uses no syncs, and a file that a power loss left half written would not show it. */
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
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The digest of a replayed file that serves no other purpose: it is deleted. */
export function digestReplayed(definition: ViewDefinition, file: string): string {
  const db = new Database(file, { readonly: true });
  try {
    return digestOf(db, definition);
  } finally {
    db.close();
    dropFile(file);
  }
}

/** The definitions of the views that are asked for. Throws RangeError for one that is not defined. */
export function chosen({
  definitions,
  views,
}: Pick<ReplayOptions, 'definitions' | 'views'>): readonly ViewDefinition[] {
  if (views === undefined) return definitions;
  return views.map((name) => {
    const definition = definitions.find((known) => known.name === name);
    if (!definition)
      throw new RangeError(`there is no view ${name}: ${definitions.map((known) => known.name).join(', ')}`);
    return definition;
  });
}

export function scratchFile(dir: string, { name, version }: ViewDefinition): string {
  return join(dir, `${name}.v${version}.${randomUUID()}.scratch`);
}
