import { LogGap } from '../event-store/port.ts';
import type { LogReader, ViewDefinition, ViewState } from './port.ts';
import { chosen, scratchFile } from './replay.ts';
import { hold, type VerifyOptions } from './verify-views.ts';
import { dropFile, openViewForWriting } from './view-file.ts';
import { ViewWriter } from './view-writer.ts';
import { wholeAppends } from './whole-appends.ts';

/** The events folded at once: first many, and after a failure one by one, since only that shows the faulty one. */
const BATCHES = [400, 1] as const;

/**
 * The first event that a view cannot read, folded from nothing or from its live file, up to the log's end; null without
 * one. It is named exactly, which a build that writes many rows at once cannot do. The files are copies, and are
 * deleted. Throws NotVerifiable, the signal's reason, and errors of log and disk.
 */
export async function findStop(
  options: VerifyOptions,
  view: string,
  from: 'nothing' | 'live',
): Promise<ViewState['stopped']> {
  const [definition] = chosen({ ...options, views: [view] });
  if (definition === undefined) return null;
  const file = scratchFile(options.dir, definition);
  try {
    if (from === 'live' && !(await copyWhenBehind(definition, options, file))) return null;
    let stopped: ViewState['stopped'] = null;
    for (const batchSize of BATCHES) {
      stopped = await foldOn({ ...options, definition, file }, batchSize);
      if (stopped === null) break;
    }
    return stopped;
  } finally {
    dropFile(file);
  }
}

/** False when the log has nothing after the live file's position for the view; then there is no copy. */
async function copyWhenBehind(definition: ViewDefinition, options: VerifyOptions, file: string): Promise<boolean> {
  const { db, position } = hold(definition, options);
  try {
    const filter = { types: definition.eventTypes };
    for await (const _next of options.log.readAll({ after: position, filter, limit: 1 })) {
      db.exec('COMMIT');
      await db.backup(file);
      return true;
    }
    return false;
  } finally {
    db.close();
  }
}

interface Folding {
  readonly log: LogReader;
  readonly definition: ViewDefinition;
  readonly file: string;
  readonly signal?: AbortSignal;
}

async function foldOn({ log, definition, file, signal }: Folding, batchSize: number): Promise<ViewState['stopped']> {
  const writer = new ViewWriter(definition, file, openViewForWriting(file, definition), log);
  try {
    for await (const batch of wholeAppends(log.subscribe({ after: writer.position, batchSize }))) {
      signal?.throwIfAborted();
      writer.fold(batch.events, batch.position);
      if (writer.stopped !== null || batch.caughtUp) break;
    }
  } catch (error) {
    if (!(error instanceof LogGap)) throw error;
    writer.stopAt(error);
  } finally {
    writer.close();
  }
  return writer.stopped;
}
