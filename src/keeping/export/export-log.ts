import {
  EVENT_CSV_HEAD,
  type EventStore,
  eventCsvRow,
  eventLine,
  type RecordedEvent,
} from '../../../libs/event-store/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import { RootBuilder, type Signer, sameHash, signCheckpoint } from '../../../libs/transparency/index.ts';
import { BesideFile } from './beside-file.ts';
import { ExportRefused } from './export-refused.ts';

export const LOG_FILE_FORMATS = ['ndjson', 'csv'] as const;
export type LogFileFormat = (typeof LOG_FILE_FORMATS)[number];

export interface ExportOptions {
  readonly log: Pick<EventStore, 'readAll' | 'head'>;
  readonly format: LogFileFormat;
  readonly file: string;
  /** Signs the checkpoint beside the file. */
  readonly signer: Signer;
  /** The forum's tree over the first events, where it has one: an export that does not fit it is not signed. */
  readonly kept: { readonly size: number; readonly root: Uint8Array } | null;
  /** The position that was written, the one where the export ends, and how many events were written. */
  readonly onProgress: (done: bigint, all: bigint, events: number) => void;
  readonly signal: AbortSignal;
  /**
   * Records that the log up to this position is exported, before anything is written, so that the export ends with that
   * record.
   */
  readonly record: (until: Position) => Promise<void>;
}

export interface ExportedLog {
  readonly events: number;
  readonly bytes: number;
  /** Of the last event; 0 for an empty log. */
  readonly position: bigint;
  /** Base64. */
  readonly root: string;
  /** The signed note. */
  readonly checkpoint: string;
}

/** An export names people and quotes them, so its owner alone may read it. */
const PRIVATE = 0o600;
const PUBLIC = 0o644;

/**
 * Writes the log up to its present end, with its signed checkpoint beside it, both or neither. Throws ExportRefused,
 * StoreUnavailable, the signal's reason, and the system's error.
 */
export async function exportLog(options: ExportOptions): Promise<ExportedLog> {
  const lines = await BesideFile.create(options.file, PRIVATE);
  const note = await BesideFile.create(`${options.file}.checkpoint`, PUBLIC).catch(async (error: unknown) => {
    await lines.discard();
    throw error;
  });
  try {
    await options.record(await options.log.head());
    const exported = await write(options, lines);
    await note.write(Buffer.from(exported.checkpoint));
    await lines.finish();
    await note.finish();
    await note.place();
    await lines.place();
    return exported;
  } finally {
    await lines.discard();
    await note.discard();
  }
}

async function write(
  { log, format, signer, kept, onProgress, signal }: ExportOptions,
  into: BesideFile,
): Promise<ExportedLog> {
  const tree = new RootBuilder();
  const end = await log.head();
  let [bytes, position] = [0, 0n];
  const put = async (written: Buffer): Promise<void> => {
    bytes += written.length;
    await into.write(written);
  };
  if (format === 'csv') await put(Buffer.from(EVENT_CSV_HEAD));
  if (end > 0n) {
    for await (const event of log.readAll()) {
      if (event.position > end) break;
      await put(written(event, format, tree));
      position = event.position;
      if (tree.size === kept?.size) mustFit(kept, tree);
      onProgress(position, end, tree.size);
      signal.throwIfAborted();
    }
  }
  if (kept !== null && kept.size > tree.size) throw new ExportRefused(`${SHORTER} ${kept.size}, not ${tree.size}`);
  const root = tree.root();
  const checkpoint = signCheckpoint({ size: tree.size, root }, signer);
  return { events: tree.size, bytes, position, root: Buffer.from(root).toString('base64'), checkpoint };
}

const SHORTER = 'nothing was exported: run `colloquy verify`, since the log should have as many events as its tree,';
const OTHER = 'nothing was exported: run `colloquy verify`, since the log is not what its tree was made of';

/** The bytes of an event in the export; its line goes into the tree whatever the format. */
function written(event: RecordedEvent, format: LogFileFormat, tree: RootBuilder): Buffer {
  const line = Buffer.from(`${eventLine(event)}\n`);
  tree.add(line.subarray(0, -1));
  return format === 'ndjson' ? line : Buffer.from(eventCsvRow(event));
}

function mustFit(kept: { readonly root: Uint8Array }, tree: RootBuilder): void {
  if (!sameHash(kept.root, tree.root())) throw new ExportRefused(OTHER);
}
