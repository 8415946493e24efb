import type { Fact } from '../../../libs/kernel/index.ts';

/** Where something was shown that readers do not see. */
export const LOOK_PLACES = [
  'thread',
  'comment',
  'history',
  'queue',
  'live-queue',
  'case',
  'decision',
  'record',
  'appeals',
  'moderation-log',
  'rehearsal',
  'events',
  'event',
  'looks',
  'scratch',
] as const;
export type LookPlace = (typeof LOOK_PLACES)[number];

export const EXPORTED_THINGS = ['events', 'moderation-log', 'looks'] as const;
export type ExportedThing = (typeof EXPORTED_THINGS)[number];

export const EXPORT_FORMATS = ['ndjson', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Stream `look-<lookId>`, of this one event. */
export type HiddenSeen = Fact<
  'HiddenSeen.v1',
  {
    readonly lookId: string;
    readonly memberId: string;
    readonly place: LookPlace;
    /** What was asked for: a decision, a position, a filter. */
    readonly subject: string | null;
    readonly comments: readonly string[];
    readonly members: readonly string[];
    /** How many more comments and members were shown than are named. */
    readonly more: number;
  },
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
