/** Why something of an export does not come, in English: as reports, lists and the shell say it, and as pages word it. */
const REASONS = [
  'deleted',
  'spam',
  'in the trash',
  'empty',
  'twice in the file',
  'was erased here',
  'rejected',
  'attachment',
  'menu entry',
  'draft',
  'waiting for review',
  'private',
  'protected by a password',
  'page without comments',
  'page without comments (bring them with --pages)',
  'page whose comments are all left out',
  'refused by the forum',
  'a note about the topic',
  'a whisper among staff',
  'not asked for (bring them with --media DIR or --fetch-media)',
  'not in the folder of --media',
  'its address names no site',
  'on another site',
  'the old site does not answer',
  'its host has a private address',
  'the old site leads to another site',
  'the old site leads in a circle',
  'more than one run fetches: run the import again',
  'a featured image that the export does not hold',
] as const;

/** Why a page cannot be named; behind `page` and `on a page`. */
const PLACE_REASONS = [
  'without an address',
  'with a path alone (say where its site stands with --site)',
  'with an address that names no page',
  'that the file does not tell',
  'on a cache or a translator (bring them with --local)',
  'on a machine or network that readers do not reach (bring them with --local)',
] as const;

export type PlainImportReason = (typeof REASONS)[number];
export type PlaceImportReason = (typeof PLACE_REASONS)[number];

/** Reasons that name something of the file. */
type NamingImportReason =
  | `the old site answers ${number}`
  | `larger than ${number} bytes`
  | `refused: ${string}`
  | `with status ${string}`
  | `of mode ${number}`
  | `of type ${string}`;

/** What is told of an item, and of what hides all that was said below it. */
export type ImportReason =
  | PlainImportReason
  | `${'page' | 'on a page'} ${PlaceImportReason}`
  | NamingImportReason
  | `under an item that was left out: ${string}`;

/** All reasons that name nothing of the file. */
export const IMPORT_REASONS: readonly ImportReason[] = [
  ...REASONS,
  ...PLACE_REASONS.flatMap((why) => [`page ${why}` as const, `on a page ${why}` as const]),
];
