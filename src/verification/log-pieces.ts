import { type EventStore, eventLine, type RecordedEvent, StoreUnavailable } from '../../libs/event-store/index.ts';

/** A log's file holds something that cannot be an event: the message says where. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** Characters of lines that are handed on at once. */
const PIECE = 524_288;

/** The lines of a log up to a position, as an export has them. */
export async function* logPieces(
  log: Pick<EventStore, 'readAll'>,
  until: bigint,
  onPosition: (position: bigint) => void,
): AsyncGenerator<Buffer> {
  let text = '';
  if (until === 0n) return;
  for await (const event of readable(log)) {
    if (event.position > until) break;
    text += `${eventLine(event)}\n`;
    if (text.length < PIECE) continue;
    onPosition(event.position);
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** All events; the first that cannot be read is looked for one by one, since reading goes by pages. */
async function* readable(log: Pick<EventStore, 'readAll'>): AsyncGenerator<RecordedEvent> {
  let after = 0n;
  try {
    for await (const event of log.readAll()) {
      yield event;
      after = event.position;
    }
  } catch (error) {
    if (!(error instanceof StoreUnavailable) || error.reason === 'closed' || error.reason === 'unreachable')
      throw error;
    throw await firstUnreadable(log, after, error);
  }
}

async function firstUnreadable(
  log: Pick<EventStore, 'readAll'>,
  from: bigint,
  cause: StoreUnavailable,
): Promise<UnreadableEvent> {
  let after = from;
  try {
    for (let found = true; found; ) {
      found = false;
      for await (const { position } of log.readAll({ after, limit: 1 })) [after, found] = [position, true];
    }
  } catch {
    // What cannot be read was found: it is the next one.
  }
  const message = `the event after position ${after} cannot be read: it was altered, or the file is damaged there (${cause.message})`;
  return new UnreadableEvent(message, { cause });
}
