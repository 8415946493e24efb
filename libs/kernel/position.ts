import { POSITION_PATTERN } from '../words/index.ts';

/**
 * An event's place in the log: a bigint inside the code, a decimal string outside, never a JS number.
 * 0n stands before the first event, so "after 0n" reads everything.
 */
export type Position = bigint;

export const BEFORE_FIRST: Position = 0n;

/** Reads the decimal form (at most 19 digits, no sign, no leading zero); undefined when it is none. */
export function parsePosition(text: unknown): Position | undefined {
  return typeof text === 'string' && POSITION_PATTERN.test(text) ? BigInt(text) : undefined;
}

export function formatPosition(position: Position): string {
  return position.toString();
}
