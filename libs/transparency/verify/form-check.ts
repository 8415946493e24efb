import { isUtf8 } from 'node:buffer';
import type { Pieces } from './line-file.ts';
import { readLine } from './line-form.ts';
import { type BrokenSequence, Sequences } from './sequences.ts';

/** The first line that is no line of an event. */
export interface BrokenForm {
  /** From 0. */
  readonly index: number;
  readonly reason: string;
}

/** The findings about a log without its tree: the form of its lines, and their numbers. */
export interface FormFindings {
  readonly lines: number;
  readonly form: BrokenForm | null;
  readonly sequence: BrokenSequence | null;
}

/** Checks line after line: each must be canonical, and the numbers must continue. */
export class FormCheck {
  readonly #sequences = new Sequences();
  #lines = 0;
  #form: BrokenForm | null = null;

  /** A piece of whole lines. */
  take(piece: Buffer): void {
    const isWhole = isUtf8(piece);
    const text = piece.toString('latin1');
    for (let from = 0; from < text.length; ) {
      const newline = text.indexOf('\n', from);
      const end = newline === -1 ? text.length : newline;
      const place = isWhole || isUtf8(piece.subarray(from, end)) ? readLine(text, from, end) : null;
      if (newline === -1) this.#refuse('it has no end: the file stops within it');
      else if (place === null) this.#refuse(NOT_CANONICAL);
      else this.#sequences.take(place);
      this.#lines += 1;
      from = end + 1;
    }
  }

  findings(): FormFindings {
    return { lines: this.#lines, form: this.#form, sequence: this.#sequences.broken };
  }

  #refuse(reason: string): void {
    this.#form ??= { index: this.#lines, reason };
  }
}

const NOT_CANONICAL = 'it is not the canonical JSON (RFC 8785) of an event';

export async function checkForm(pieces: Pieces): Promise<FormFindings> {
  const check = new FormCheck();
  for await (const piece of pieces) check.take(piece);
  return check.findings();
}
