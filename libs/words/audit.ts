/** The places that show things which readers do not see. */
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
  'members',
  'mail',
] as const;
export type LookPlace = (typeof LOOK_PLACES)[number];

/** The things that can be exported as a file. */
export const EXPORTED_THINGS = ['events', 'moderation-log', 'looks'] as const;
export type ExportedThing = (typeof EXPORTED_THINGS)[number];

export const EXPORT_FORMATS = ['ndjson', 'csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
