import { entryText } from '../hashing.ts';
import type { LinePlace } from './line-form.ts';

/** An event as another copy knows it. */
export interface KnownEvent {
  readonly position: string;
  /** 32 bytes, one a character. */
  readonly entry: string;
}

/** A line that was read, without its newline; no place when it is not canonical. */
export interface FoundLine {
  readonly line: Buffer;
  readonly place: LinePlace | null;
}

/** The change made to a log, at the first event that shows it. */
export interface Change {
  readonly kind: 'altered' | 'dropped' | 'inserted' | 'reordered' | 'truncated';
  /** The ordinal of that event in what was read, from 0. */
  readonly index: number;
  /** The event's position: from its line, or from the copy where no line is left; null where neither tells. */
  readonly position: string | null;
  /** Of the event, where its line is there. */
  readonly id: string | null;
  /** The number of affected events in a row; null where it is unknown. */
  readonly count: number | null;
  /** The evidence of the change. */
  readonly evidence: string;
}

/** The number of events after the first difference that are looked at. */
export const WINDOW = 1_000;

/**
 * The change that makes the lines differ from the copy, both from the first difference on. Lines are recognised under
 * another position too, so that somebody who closes a gap, or makes room, is still found out.
 */
export function changeBetween(
  found: readonly FoundLine[],
  known: readonly KnownEvent[],
  at: { readonly index: number; readonly copy: string },
): Change {
  const [line, event] = [found[0], known[0]];
  const { index, copy } = at;
  const seen = { index, id: line?.place?.id ?? null, position: line?.place?.position ?? event?.position ?? null };
  if (line === undefined) {
    const position = event?.position ?? null;
    return { ...seen, position, kind: 'truncated', count: null, evidence: `${copy} goes on with it` };
  }
  const early = known.findIndex((one) => isEvent(line, one));
  const late = event === undefined ? -1 : found.findIndex((one) => isEvent(one, event));
  if (early > 0 && late > 0) {
    return { ...seen, kind: 'reordered', count: 1, evidence: `${copy} has this event ${early} further on` };
  }
  if (early > 0) {
    const position = event?.position ?? null;
    const evidence = `${copy} has it before the event ${line.place?.id ?? ''}, which comes next here`;
    return { index, id: null, position, kind: 'dropped', count: early, evidence };
  }
  if (late > 0) {
    return { ...seen, kind: 'inserted', count: late, evidence: `${copy} does not know it, and goes on with the next` };
  }
  const next = found[1] !== undefined && known[1] !== undefined && isEvent(found[1], known[1]);
  const after = next ? 'the event after it is the same in both' : 'the events after it differ too';
  return { ...seen, kind: 'altered', count: next ? 1 : null, evidence: `${copy} has another event there; ${after}` };
}

/** True when the line is the known event, whatever position it states. */
function isEvent({ line, place }: FoundLine, known: KnownEvent): boolean {
  if (place === null || place.position === known.position) return entryText(line) === known.entry;
  const mark = (position: string): string => `,"position":"${position}","recordedAt":"`;
  const at = line.lastIndexOf(mark(place.position));
  const rest = line.subarray(at + mark(place.position).length);
  return entryText(Buffer.concat([line.subarray(0, at), Buffer.from(mark(known.position)), rest])) === known.entry;
}
