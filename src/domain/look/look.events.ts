import type { Fact } from '../../../libs/kernel/index.ts';
import { EXPORT_FORMATS, type ExportedThing, type ExportFormat, type LookPlace } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue } from '../catalogue-entry.ts';

/** A text of a comment. `revision` is null where the comment was shown or named without a particular revision. */
export interface SeenText {
  readonly commentId: string;
  readonly revision: number | null;
}

/** Stream `look-<lookId>`, with this one event. */
export type HiddenSeen = Fact<
  'HiddenSeen.v2',
  {
    readonly lookId: string;
    readonly memberId: string;
    readonly place: LookPlace;
    /** The thing asked for: a decision, a position or a filter. */
    readonly subject: string | null;
    readonly texts: readonly SeenText[];
    readonly members: readonly string[];
    /** The number of texts and members shown beyond those named. */
    readonly more: number;
  },
  null
>;

/** Older versions of the forum recorded this: comments, without the revisions of their texts. */
export type HiddenSeenV1 = Fact<
  'HiddenSeen.v1',
  Omit<HiddenSeen['data'], 'texts'> & { readonly comments: readonly string[] },
  null
>;

/** Stream `export-<exportId>`, with this one event. */
export type Exported = Fact<
  'Exported.v1',
  {
    readonly exportId: string;
    /** Null for somebody who used the machine's shell. */
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

export const LOOK_STREAM = 'look-<lookId>';

export const LOOK_DATA = {
  lookId: 'The look.',
  memberId: 'Who looks.',
  place:
    '`thread`, `comment`, `history`, `queue`, `live-queue` (all that waits, from now until the connection ends), `case`, `decision`, `record`, `appeals`, `moderation-log`, `rehearsal`, `events`, `event`, `looks`, `scratch`, `members` (the list of admins, with e-mail addresses) or `mail` (one of the outbox, by its file).',
  subject: 'What was asked for (a list, a decision, a position, a filter, the hash of a rehearsed policy), or null.',
  members: 'The members whose record, notes or appeals are shown, 500 at most.',
  more: 'How many more are shown than are named.',
} as const;

export const LOOK_EVENTS: Catalogue<LookEvent> = {
  'HiddenSeen.v2': {
    stream: LOOK_STREAM,
    sentence:
      'A moderator, auditor or admin is about to be shown what readers do not see; the same person, place and text within 15 minutes count once.',
    data: {
      ...LOOK_DATA,
      texts:
        'The hidden texts that are shown, each by its comment and revision (null where a comment is named and no text of it chosen), 500 at most; not those of the one who looks.',
    },
    personal: null,
  },
  'Exported.v1': {
    stream: 'export-<exportId>',
    sentence: 'Somebody is about to take a part of the log out of the forum.',
    data: {
      exportId: 'The export.',
      memberId: "Who takes it, or null for whoever has the machine's shell.",
      what: '`events`, `moderation-log` or `looks`.',
      format: `${anyOf(EXPORT_FORMATS)}.`,
      filter: 'What was asked for, by the names of the fields; empty for everything.',
      until: "The log's newest position when it began, decimal.",
    },
    personal: null,
  },
};
