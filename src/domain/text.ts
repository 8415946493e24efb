import { DomainError } from '../../libs/kernel/index.ts';
import {
  composed,
  DIRECTION_CLOSED_BY,
  MOST_MARKS,
  type TextLimits,
  tooManyMarksAt,
  VISIBLE,
  withFewMarks,
} from '../../libs/words/index.ts';

const CONTROL = /[^\P{Cc}\t\n]/u;
const LINE_BREAK = /[\t\n\u2028\u2029]/u;
const BIDI_CONTROL = /[\u202a-\u202e\u2066-\u2069]/u;
const FORBIDDEN = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/**
 * The text as the forum stores it: NFC, trimmed, lines ended by \n alone.
 * Throws DomainError `invalid` that names the field and says what to do.
 */
export function textOf(text: string, field: string, limits: TextLimits): string {
  const read = readIn(plainLines(text).trim(), limits);
  if ('complaint' in read) throw invalid(field, read.complaint);
  return read.kept;
}

/**
 * A text that is still written, whose next word goes on where it ends: as `textOf`, with the white space around it, as far
 * as that may be stored.
 */
export function unfinishedTextOf(text: string, field: string, limits: TextLimits): string {
  const read = readIn(plainLines(text), limits);
  return 'kept' in read && VISIBLE.test(read.kept) ? read.kept : textOf(text, field, limits);
}

function readIn(lines: string, limits: TextLimits): { readonly kept: string } | { readonly complaint: string } {
  const early = complaintAboutSize(lines, limits) ?? complaintAboutMarks(lines);
  if (early !== null) return { complaint: early };
  const kept = composed(lines);
  // What was composed already has the marks that were looked at.
  const complaint = (kept === lines ? null : complaintAboutMarks(kept)) ?? complaintAbout(kept, limits);
  return complaint === null ? { kept } : { complaint };
}

/** A refusal of one field; the message completes a sentence that begins with the field's name. */
export function invalid(field: string, message: string): DomainError {
  return new DomainError('invalid', `${field} ${message}`, [{ field, message }]);
}

/** The text in NFC, trimmed, with \n for every kind of line end, since web forms send \r\n. */
export function normalized(text: string): string {
  return composed(plainLines(text).trim());
}

function plainLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/gu, '\n') : text;
}

/** The text without the characters that `textOf` refuses, for imports, whose sources allow them. */
export function withoutForbidden(text: string): string {
  const allowed = text.toWellFormed().replace(FORBIDDEN, (character) => (BIDI_CONTROL.test(character) ? '' : ' '));
  const few = withFewMarks(allowed);
  // A few marks become two each.
  const kept = composed(few);
  return tooManyMarksAt(kept) === null ? few : withFewMarks(kept);
}

export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function complaintAbout(text: string, limits: TextLimits): string | null {
  if (!text.isWellFormed()) return 'holds half of a surrogate pair, which is no character';
  if (CONTROL.test(text)) return 'holds control characters; only line breaks and tabs may be in a text';
  if (limits.lines === 'one' && LINE_BREAK.test(text)) return 'must be a single line without tabs';
  if (BIDI_CONTROL.test(text) && !hasBalancedBidi(text)) {
    return 'opens or closes a writing direction without its counterpart on the same line';
  }
  return complaintAboutLength(text, limits);
}

/** UTF-16 units that NFC may make one character of. */
const MOST_UNITS = 4;

/** What is too long whatever NFC makes of it, so that no time goes into that. */
function complaintAboutSize(text: string, { max }: TextLimits): string | null {
  return text.length > MOST_UNITS * max ? `must have ${max} characters at most` : null;
}

function complaintAboutMarks(text: string): string | null {
  const at = tooManyMarksAt(text);
  if (at === null) return null;
  return `has more than ${MOST_MARKS} marks on one letter, at character ${countCharacters(text.slice(0, at)) || 1}`;
}

function complaintAboutLength(text: string, { min, max }: TextLimits): string | null {
  if (text.length > max && countCharacters(text) > max) return `must have ${max} characters at most`;
  if (min === 0 && text === '') return null;
  if (!VISIBLE.test(text)) return 'must not be empty';
  if (text.length < 2 * min && countCharacters(text) < min) return `must have ${min} characters at least`;
  return null;
}

/** True when every embedding, override and isolate of UAX #9 is closed, in order, on its own line. */
function hasBalancedBidi(text: string): boolean {
  const open: string[] = [];
  for (const character of text) {
    const closer = DIRECTION_CLOSED_BY.get(character);
    if (closer !== undefined) open.push(closer);
    else if (character === '\u202c' || character === '\u2069') {
      if (open.pop() !== character) return false;
    } else if (character === '\n' && open.length > 0) return false;
  }
  return open.length === 0;
}
