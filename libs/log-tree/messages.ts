import type { Position } from '../kernel/index.ts';
import type { HashText } from '../transparency/index.ts';

/** The start data of a tree's thread; `log` goes to the function that opens the log there. */
export interface TreeTask {
  readonly dir: string;
  readonly log: unknown;
  /** Between two comparisons of log and tree, in milliseconds. */
  readonly againMs?: number | undefined;
  /** After a rest: the tree as it was computed before, which its files must still have. */
  readonly known?: KnownTree | undefined;
}

export interface Extent {
  readonly size: number;
  /** Every event up to here is in the tree. */
  readonly position: Position;
  /** `TreeBuilder.peaks`: what is read of the tree's files is checked against them. */
  readonly peaks: HashText;
}

/** A tree as it was computed, whatever its files say. */
export type KnownTree = Pick<Extent, 'size' | 'peaks'>;

/** From the tree's thread to the serving one, each after the leaves that it tells of can be read. */
export type FromTree =
  | (Extent & {
      readonly kind: 'opened';
      /** The files are those of before the rest, unchanged. */
      readonly isAsKnown: boolean;
    })
  | (Extent & {
      readonly kind: 'grown';
      /** The log's end was reached at least once since the start. */
      readonly caughtUp: boolean;
    })
  /** The whole log was compared with the leaves that were kept before; once, since the thread's start. */
  | { readonly kind: 'compared'; readonly events: number; readonly missing: number }
  /** The tree's files were altered, and were made anew from the log. */
  | { readonly kind: 'mended'; readonly reason: string }
  | { readonly kind: 'mismatch'; readonly position: Position | null; readonly reason: string }
  | { readonly kind: 'problem'; readonly reason: string };

/** `hurry`: somebody waits for a new event. `doubt`: the files differ from the computed tree. */
export type ToTree =
  | { readonly kind: 'hurry' }
  | { readonly kind: 'doubt'; readonly reason: string }
  | { readonly kind: 'close' };
