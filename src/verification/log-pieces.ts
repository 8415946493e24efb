import { type EventStore, eventLine } from '../../libs/event-store/index.ts';

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
  for await (const event of log.readAll()) {
    if (event.position > until) break;
    text += `${eventLine(event)}\n`;
    if (text.length < PIECE) continue;
    onPosition(event.position);
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
