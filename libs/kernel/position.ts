/**
 * An event's place in the log: a bigint inside the code, a decimal string outside, never a JS number.
 * 0n stands before the first event, so "after 0n" reads everything.
 */
export type Position = bigint;

export const BEFORE_FIRST: Position = 0n;

const DECIMAL = /^(0|[1-9][0-9]{0,18})$/;

/** Reads the decimal form (at most 19 digits, no sign, no leading zero); undefined when it is none. */
export function parsePosition(text: unknown): Position | undefined {
  return typeof text === 'string' && DECIMAL.test(text) ? BigInt(text) : undefined;
}

export function formatPosition(position: Position): string {
  return position.toString();
}
