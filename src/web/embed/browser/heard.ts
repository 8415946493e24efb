import { MARK, type ToFrame } from '../frame-messages.ts';

/** Characters of the longest token that the forum reads, and of a place in a page's address. */
const LONGEST_TOKEN = 4_096;
const LONGEST_PLACE = 100;

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

/** A message of the page around a frame, whatever that page sends; null for what is none. */
export function heardIn(data: unknown): ToFrame | null {
  const message: unknown = typeof data === 'object' && data !== null && MARK in data ? data[MARK] : null;
  if (typeof message !== 'object' || message === null || !('kind' in message)) return null;
  const { kind } = message;
  if (kind === 'hello' && 'comment' in message) {
    return { kind, comment: isText(message.comment, LONGEST_PLACE) ? message.comment : null };
  }
  if (kind === 'theme' && 'theme' in message && isText(message.theme, LONGEST_PLACE)) {
    return { kind, theme: message.theme };
  }
  if (kind === 'sso' && 'token' in message && isText(message.token, LONGEST_TOKEN)) {
    return { kind, token: message.token };
  }
  return null;
}
