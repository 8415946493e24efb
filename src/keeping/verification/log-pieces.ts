import { type EventStore, eventLine, type RecordedEvent, StoreUnavailable } from '../../../libs/event-store/index.ts';
import { EVENT_TYPES } from '../../domain/event-catalogue.ts';
import { reasonIn } from './findings.ts';

/** A log's file holds something that cannot be an event. */
export interface UnreadableEvent {
  readonly position: bigint;
  readonly reason: string;
}

export interface LogPieces {
  readonly log: Pick<EventStore, 'readAll'>;
  /** The last position to read. */
  readonly until: bigint;
  readonly onPosition: (position: bigint) => void;
  /** Called for each unreadable event; a line that is no event's replaces it. */
  readonly onUnreadable: (event: UnreadableEvent) => void;
}

/** Characters of lines that are handed on at once. */
const PIECE = 524_288;
/** With more unreadable events the file counts as damaged as a whole. */
const MOST_UNREADABLE = 1_000;

/** The lines of a log up to a position, as an export has them. Throws StoreUnavailable for a log that is away, closed or locked. */
export async function* logPieces(pieces: LogPieces): AsyncGenerator<Buffer> {
  let text = '';
  for await (const { line, position } of linesOf(pieces)) {
    text += `${line}\n`;
    if (text.length < PIECE) continue;
    pieces.onPosition(position);
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

interface PlacedLine {
  readonly position: bigint;
  readonly line: string;
}

async function* linesOf({ log, until, onUnreadable }: LogPieces): AsyncGenerator<PlacedLine> {
  let after = 0n;
  const passOver = (position: bigint, reason: string): PlacedLine => {
    onUnreadable({ position, reason });
    return { position, line: `no event can be read at position ${position}` };
  };
  for (let faults = 0; after < until && faults < MOST_UNREADABLE; faults += 1) {
    try {
      for await (const event of readable(log, after)) {
        if (event.position > until) return;
        yield lineIn(event, passOver);
        after = event.position;
      }
      return;
    } catch (error) {
      if (!isOfTheFile(error)) throw error;
      after += 1n;
      yield passOver(after, error.message);
    }
  }
}

/** Reads by pages; the events of an unreadable page are read one by one, up to the faulty one. */
async function* readable(log: LogPieces['log'], from: bigint): AsyncGenerator<RecordedEvent> {
  let after = from;
  try {
    for await (const event of log.readAll({ after })) {
      yield event;
      after = event.position;
    }
    return;
  } catch (error) {
    if (!isOfTheFile(error)) throw error;
  }
  for (let found = true; found; ) {
    found = false;
    for await (const event of log.readAll({ after, limit: 1 })) {
      yield event;
      [after, found] = [event.position, true];
    }
  }
}

/** The lines of the events that change the log's key; what cannot be read is told of by `logPieces`. */
export async function* changePieces(log: LogPieces['log'], until: bigint): AsyncGenerator<Buffer> {
  try {
    for await (const event of log.readAll({ filter: { types: EVENT_TYPES.logKey } })) {
      if (event.position <= until) yield Buffer.from(`${lineIn(event, passNothing).line}\n`);
    }
  } catch (error) {
    if (!isOfTheFile(error)) throw error;
  }
}

function passNothing(position: bigint): PlacedLine {
  return { position, line: '' };
}

/** An event without a line has data that is nested too deep to be written. */
function lineIn(event: RecordedEvent, passOver: (position: bigint, reason: string) => PlacedLine): PlacedLine {
  const { position } = event;
  try {
    return { position, line: eventLine(event) };
  } catch (error) {
    return passOver(position, reasonIn(error));
  }
}

/** Whether the log's file is at fault: a log that is away, locked or closed says nothing about its events. */
export function isOfTheFile(error: unknown): error is StoreUnavailable {
  return error instanceof StoreUnavailable && (error.reason === 'io' || error.reason === 'corrupt');
}
