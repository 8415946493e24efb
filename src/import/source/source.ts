import type { ImportSaying } from '../../../libs/words/index.ts';

/** Where something stands in the source file; both count from 1, columns in characters. */
export interface SourcePlace {
  readonly line: number;
  readonly column: number;
}

/** Something that was mended, guessed or left out on the way, with its place in the source. */
export interface Warning extends SourcePlace {
  readonly message: ImportSaying;
}

export type Warn = (message: ImportSaying, place: SourcePlace) => void;

/** The file cannot be read on from here: its message is for people, its place for their editor. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly place: SourcePlace;
  readonly reason: ImportSaying;

  constructor(reason: ImportSaying, place: SourcePlace) {
    super(`line ${place.line}, column ${place.column}: ${reason}`);
    this.reason = reason;
    this.place = place;
  }
}
