import Database from 'better-sqlite3';
import type { Position } from '../kernel/index.ts';
import { digestOf } from './digest.ts';
import type { FromBuilder } from './messages.ts';
import type { ViewDefinition } from './port.ts';
import type { LogReader } from './projector.ts';
import { dropFile, finishFile, openForBuilding, readCheckpoint, viewFile } from './view-file.ts';
import { ViewWriter } from './view-writer.ts';

/**
 * Builds a view's file from the start up to the end of the log as it is found, under its final name: what a rebuild
 * hands to the running projector, and what can be done ahead of a new version. Throws when the view cannot read an event.
 */
export async function buildView(
  log: LogReader,
  definition: ViewDefinition,
  { dir, generation }: { readonly dir: string; readonly generation: number },
): Promise<FromBuilder> {
  const file = viewFile(dir, definition, generation);
  const building = `${file}.building`;
  await buildUpTo(log, definition, { file: building });
  finishFile(building, file);
  return { kind: 'built', file };
}

/** Builds the view anew in a scratch file up to the live file's position and digests both at that position. */
export async function verifyView(
  log: LogReader,
  definition: ViewDefinition,
  { liveFile }: { readonly liveFile: string },
): Promise<FromBuilder> {
  const live = new Database(liveFile, { readonly: true });
  const file = `${liveFile}.scratch`;
  try {
    live.exec('BEGIN');
    const { position } = readCheckpoint(live);
    const liveDigest = digestOf(live, definition);
    live.exec('COMMIT');
    const rebuilt = await buildUpTo(log, definition, { file, until: position });
    return { kind: 'verified', position, live: liveDigest, rebuilt };
  } finally {
    live.close();
    dropFile(file);
  }
}

/** Events in one transaction of a build: many, since nobody waits for its rows, and pages are written once a transaction. */
const BATCH = 8_000;

async function buildUpTo(
  log: LogReader,
  definition: ViewDefinition,
  { file, until }: { readonly file: string; readonly until?: Position },
): Promise<string> {
  const db = openForBuilding(file, definition);
  const writer = new ViewWriter(definition, file, db);
  const following = { after: 0n, filter: { types: definition.eventTypes }, batchSize: BATCH };
  try {
    for await (const batch of log.subscribe(following)) {
      const over = until !== undefined && batch.position >= until;
      const events = over ? batch.events.filter((event) => event.position <= until) : batch.events;
      writer.fold(events, over ? until : batch.position);
      if (writer.stopped)
        throw new Error(`${definition.name} stopped at ${writer.stopped.position}: ${writer.stopped.reason}`);
      if (over || batch.caughtUp) break;
    }
    if (definition.indexes !== undefined) db.exec(definition.indexes);
    return until === undefined ? '' : digestOf(db, definition);
  } finally {
    writer.close();
  }
}
