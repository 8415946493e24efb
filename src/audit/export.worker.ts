import { parentPort, workerData } from 'node:worker_threads';
import { type EventQuery, matcher } from '../../libs/event-index/index.ts';
import { EVENT_CSV_HEAD, eventCsvRow, eventLine, openLogSource } from '../../libs/event-store/index.ts';
import { trusted } from '../../libs/kernel/index.ts';
import { yieldToOthers } from './low-priority.ts';

/** The start data of an export's thread: events after `after`, up to and with `until`. */
export interface ExportTask {
  readonly log: unknown;
  readonly query: EventQuery;
  readonly format: 'ndjson' | 'csv';
  readonly after: bigint;
  /** The last event not behind `after`, or 0n, where the reading begins. */
  readonly begin: bigint;
  readonly until: bigint;
}

/** A piece of the file; null is its end. */
export type ExportPiece = Uint8Array | null;

/** Asks for one more piece, or tells that nothing more is wanted, and the thread closes its files and ends. */
export type ToExport = 'more' | 'stop';

/** Characters of text that is put together, and bytes of a piece, which is sent when the one before was taken. */
const PIECE = 262_144;

const task = trusted<ExportTask>(workerData);
const port = parentPort;
if (!port) throw new Error('an export runs in a thread of its own');
yieldToOthers();

let wanted = 0;
let stopped = false;
let wake = (): void => undefined;
port.on('message', (message: ToExport) => {
  if (message === 'stop') stopped = true;
  else wanted += 1;
  wake();
});

async function send(piece: ExportPiece): Promise<void> {
  while (wanted === 0 && !stopped) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  wanted -= 1;
  if (!stopped) port?.postMessage(piece);
}

/** An event may be megabytes long; the thread that sends the file is handed a piece at a time. */
async function sendText(text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PIECE) await send(new Uint8Array(bytes.subarray(at, at + PIECE)));
}

const log = await openLogSource(task.log);
try {
  const isWanted = matcher(task.query);
  const write =
    task.format === 'csv' ? eventCsvRow : (event: Parameters<typeof eventLine>[0]) => `${eventLine(event)}\n`;
  let piece = task.format === 'csv' ? EVENT_CSV_HEAD : '';
  for await (const event of log.readAll({ after: task.begin })) {
    if (event.position > task.until || stopped) break;
    if (event.position <= task.after || !isWanted(event)) continue;
    piece += write(event);
    if (piece.length < PIECE) continue;
    await sendText(piece);
    piece = '';
  }
  await sendText(piece);
  await send(null);
} finally {
  await log.close();
  port.close();
}
