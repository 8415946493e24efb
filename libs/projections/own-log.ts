import { setTimeout as pause } from 'node:timers/promises';
import { isAway, type StoreUnavailable, UnknownPosition } from '../event-store/port.ts';
import type { FromProjector } from './messages.ts';
import type { LogReader } from './port.ts';
import type { ViewCheckpoint } from './view-file.ts';

/** A view whose log was away when its file was opened: it may be read, but nothing is added before its log is known. */
export interface Unsure {
  readonly file: string;
  readonly checkpoint: ViewCheckpoint;
}

/** The log was replaced by another while it was away: the view's file must be deleted and built anew. */
export class OtherLog extends Error {
  override readonly name = 'OtherLog';
  readonly file: string;

  constructor(file: string) {
    super(`the view file ${file} follows another log and will be built anew`);
    this.file = file;
  }
}

/** How long after a log that was away is asked again, in milliseconds. */
export const ASK_AGAIN_MS = 500;

/** Waits for a log that was away, and asks it the open question. Throws OtherLog. */
export async function becomeSure(
  log: LogReader,
  unsure: readonly Unsure[],
  { signal, tell }: { readonly signal: AbortSignal; readonly tell: (message: FromProjector) => void },
): Promise<void> {
  for (const { file, checkpoint } of unsure) {
    for (let told = false; !signal.aborted; told = true) {
      const answer = await followsIfThere(log, checkpoint);
      if (answer === false) throw new OtherLog(file);
      if (answer === true) break;
      if (!told) tell({ kind: 'problem', reason: `the log is away: ${answer.message}` });
      await pause(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Whether the view's file belongs to this log; the fault when a log server cannot be asked now. */
export async function followsIfThere(log: LogReader, checkpoint: ViewCheckpoint): Promise<boolean | StoreUnavailable> {
  try {
    return await follows(log, checkpoint);
  } catch (error) {
    if (error instanceof UnknownPosition) return false;
    if (isAway(error)) return error;
    throw error;
  }
}

/** A log that was reset or replaced does not have the view's last event at its place. */
async function follows(log: LogReader, { position, last }: ViewCheckpoint): Promise<boolean> {
  if (position > (await log.head())) return false;
  if (!last) return true;
  for await (const event of log.readAll({ from: last.position, limit: 1 })) return event.id === last.id;
  return false;
}
