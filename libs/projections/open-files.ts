import { setTimeout as pause } from 'node:timers/promises';
import { isAway } from '../event-store/port.ts';
import type { FromProjector } from './messages.ts';
import { ASK_AGAIN_MS, followsIfThere, type Unsure } from './own-log.ts';
import type { LogReader, ViewDefinition, ViewState } from './port.ts';
import { installReplayed, type Replayed, type ReplayProgress, replayViews } from './replay.ts';
import { dropFile, generations, isOwnFile, openViewForWriting, readCheckpoint, viewFile } from './view-file.ts';
import { saysBroken, ViewWriter } from './view-writer.ts';

interface Opening {
  readonly definitions: readonly ViewDefinition[];
  readonly log: LogReader;
  readonly dir: string;
  readonly signal: AbortSignal;
  readonly tell: (message: FromProjector) => void;
}

interface Opened {
  readonly views: readonly ViewWriter[];
  readonly unsure: readonly Unsure[];
}

/**
 * Opens each view's newest file, of its version or of a usable earlier one. Views without a file are built first, all
 * in one reading of the log, since a file that is read while it grows would show a part as if it were all.
 */
export async function openAll(opening: Opening): Promise<Opened> {
  const unsure: Unsure[] = [];
  const found = new Map<string, ViewWriter>();
  try {
    for (const definition of opening.definitions) {
      const writer = await openFound(definition, { ...opening, unsure });
      if (writer) found.set(definition.name, writer);
    }
    const missing = opening.definitions.filter(({ name }) => !found.has(name));
    if (missing.length > 0) await build(missing, opening, [...found.values()]);
    for (const definition of missing) found.set(definition.name, openBuilt(definition, opening));
  } catch (error) {
    for (const writer of found.values()) writer.close();
    throw error;
  }
  return { views: opening.definitions.flatMap(({ name }) => found.get(name) ?? []), unsure };
}

/** Null when there is no file; one that is damaged, or follows another log, is deleted. */
async function openFound(
  definition: ViewDefinition,
  { log, dir, unsure }: { readonly log: LogReader; readonly dir: string; readonly unsure: Unsure[] },
): Promise<ViewWriter | null> {
  const known = definition.previous ? [definition, definition.previous] : [definition];
  for (const version of known) {
    const newest = generations(dir, version)[0];
    if (newest === undefined) continue;
    const file = viewFile(dir, version, newest);
    try {
      if (!isOwnFile(file, version)) {
        dropFile(file);
        continue;
      }
      const db = openViewForWriting(file, version);
      const checkpoint = readCheckpoint(db);
      const answer = await followsIfThere(log, checkpoint);
      if (answer !== false) {
        if (answer !== true) unsure.push({ file, checkpoint });
        return new ViewWriter(version, file, db, log);
      }
      db.close();
    } catch (error) {
      if (!saysBroken(error)) throw error;
    }
    dropFile(file);
  }
  return null;
}

/** A view that could not be built because of an unreadable event has an empty file, and stops at that event again. */
function openBuilt(definition: ViewDefinition, { dir, log }: Pick<Opening, 'dir' | 'log'>): ViewWriter {
  const file = viewFile(dir, definition, generations(dir, definition)[0] ?? 1);
  return new ViewWriter(definition, file, openViewForWriting(file, definition), log);
}

/** How often a build tells where it is, in milliseconds. */
const TELL_MS = 250;

async function build(
  missing: readonly ViewDefinition[],
  { log, dir, signal, tell }: Opening,
  found: readonly ViewWriter[],
): Promise<void> {
  let told = Number.NEGATIVE_INFINITY;
  const building = (at: Pick<ReplayProgress, 'position' | 'done'>): void => {
    if (performance.now() - told < TELL_MS) return;
    told = performance.now();
    const views = missing.map(({ name }) => name);
    tell({ kind: 'building', views, state: states(missing, found, at) });
  };
  building({ position: 0n, done: 0 });
  // Of an empty log there is nothing to build: a file is made as it is opened.
  if ((await onceThere(() => log.head(), { signal, tell })) === 0n) return;
  const options = {
    log,
    dir,
    definitions: missing,
    signal,
    onProgress: building,
  };
  const replayed = await onceThere(() => replayViews(options), { signal, tell });
  for (const view of replayed) install(view, missing, dir);
}

function install({ view, file }: Replayed, definitions: readonly ViewDefinition[], dir: string): void {
  const definition = definitions.find(({ name }) => name === view);
  if (definition && file !== null) installReplayed(dir, definition, file);
}

/** Repeats as long as the log is away. */
async function onceThere<Result>(
  work: () => Promise<Result>,
  { signal, tell }: Pick<Opening, 'signal' | 'tell'>,
): Promise<Result> {
  for (let told = false; ; told = true) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error)) throw error;
      if (!told) tell({ kind: 'problem', reason: `the log is away: ${error.message}` });
    }
    await pause(ASK_AGAIN_MS, undefined, { signal });
  }
}

function states(
  missing: readonly ViewDefinition[],
  found: readonly ViewWriter[],
  { position, done }: Pick<ReplayProgress, 'position' | 'done'>,
): readonly ViewState[] {
  const building = missing.map(({ name, version }) => {
    return { name, version, position, building: true, built: done, stopped: null };
  });
  const waiting = found.map(({ definition: { name, version }, position: at, stopped }) => {
    return { name, version, position: at, building: true, stopped };
  });
  return [...building, ...waiting];
}
