import type { LogReader } from '../../libs/event-store/index.ts';
import { type Position, parsePosition } from '../../libs/kernel/index.ts';
import { isMoment } from '../api/input/rules.ts';
import { WrongCall } from './terminal.ts';

/** Up to where a replay reads: a position, or milliseconds since 1970. */
export type ReplayEnd = { readonly position: Position } | { readonly time: number };

/** Reads `--until`. Throws WrongCall. */
export function readMoment(text: string): ReplayEnd {
  const position = parsePosition(text);
  if (position !== undefined) return { position };
  if (isMoment(text)) return { time: Date.parse(text) };
  throw new WrongCall(`--until ${text}: give a position such as 1234, or a time such as 2015-10-05T08:00:00Z`);
}

/**
 * The log's position at that moment: for a time, the newest event recorded by then, searched from the end backwards.
 * Throws WrongCall for a position beyond the log's end.
 */
export async function positionOf(moment: ReplayEnd, log: LogReader): Promise<Position> {
  if ('position' in moment) {
    const head = await log.head();
    if (moment.position <= head) return moment.position;
    throw new WrongCall(`--until ${moment.position}: the log ends at position ${head}`);
  }
  for await (const event of log.readAll({ direction: 'backwards' })) {
    if (Date.parse(event.recordedAt) <= moment.time) return event.position;
  }
  return 0n;
}
