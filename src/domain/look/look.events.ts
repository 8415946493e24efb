import type { Fact } from '../../../libs/kernel/index.ts';
import type { ExportedThing, ExportFormat, LookPlace } from '../../../libs/words/index.ts';

/** A text of a comment; `revision` null where the comment was shown or named without saying which. */
export interface SeenText {
  readonly commentId: string;
  readonly revision: number | null;
}

/** Stream `look-<lookId>`, of this one event. */
export type HiddenSeen = Fact<
  'HiddenSeen.v2',
  {
    readonly lookId: string;
    readonly memberId: string;
    readonly place: LookPlace;
    /** What was asked for: a decision, a position, a filter. */
    readonly subject: string | null;
    readonly texts: readonly SeenText[];
    readonly members: readonly string[];
    /** How many more texts and members were shown than are named. */
    readonly more: number;
  },
  null
>;

/** What older versions of the forum recorded: comments, without saying which of their texts. */
export type HiddenSeenV1 = Fact<
  'HiddenSeen.v1',
  Omit<HiddenSeen['data'], 'texts'> & { readonly comments: readonly string[] },
  null
>;

/** Stream `export-<exportId>`, of this one event. */
export type Exported = Fact<
  'Exported.v1',
  {
    readonly exportId: string;
    /** Null for whoever had the machine's shell. */
    readonly memberId: string | null;
    readonly what: ExportedThing;
    readonly format: ExportFormat;
    readonly filter: { readonly [field: string]: string };
    /** The log's newest position when the export began, decimal. */
    readonly until: string;
  },
  null
>;

export type LookEvent = HiddenSeen | Exported;
