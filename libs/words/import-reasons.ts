import { type Filled, filledIn } from './filled.ts';

/**
 * Why something of an export does not come, in English, as the shell says it and reports count it, each with the code that
 * lists have and pages word it by.
 */
const REASONS = {
  deleted: 'deleted',
  spam: 'spam',
  'in the trash': 'trash',
  empty: 'empty',
  'twice in the file': 'twice',
  'was erased here': 'erased',
  rejected: 'rejected',
  attachment: 'attachment',
  'menu entry': 'menu',
  draft: 'draft',
  'waiting for review': 'review',
  private: 'private',
  'protected by a password': 'password',
  'page without comments': 'emptyPage',
  'page without comments (bring them with --pages)': 'pageAlone',
  'page whose comments are all left out': 'idlePage',
  'refused by the forum': 'refused',
  'a note about the topic': 'note',
  'a whisper among staff': 'whisper',
  'not asked for (bring them with --media DIR or --fetch-media)': 'imageNotAsked',
  'not in the folder of --media': 'imageNotThere',
  'its address names no site': 'imageNoSite',
  'on another site': 'imageElsewhere',
  'the old site does not answer': 'imageSilent',
  'its host has a private address': 'imagePrivate',
  'the old site leads to another site': 'imageLedAway',
  'the old site leads in a circle': 'imageCircle',
  'more than one run fetches: run the import again': 'imageBusy',
  'a featured image that the export does not hold': 'notExported',
} as const;

/** Why a page cannot be named; behind `page` and `on a page`. */
const PLACE_REASONS = {
  'without an address': 'noAddress',
  'with a path alone (say where its site stands with --site)': 'pathAlone',
  'with an address that names no page': 'noPage',
  'that the file does not tell': 'untold',
  'on a cache or a translator (bring them with --local)': 'cache',
  'on a machine or network that readers do not reach (bring them with --local)': 'local',
} as const;

/** Reasons that name something of the file. */
const NAMING_REASONS = {
  'the old site answers {status}': 'imageAnswer',
  'larger than {most} bytes': 'imageLarge',
  'refused: {why}': 'imageRefused',
  'with status {state}': 'status',
  'of mode {mode}': 'mode',
  'of type {type} (bring them with --types {again})': 'typeAlone',
  'of type {type}': 'type',
} as const;

/** What hides all that was said below it. */
const UNDER = 'under an item that was left out: ';

export type PlainImportReason = keyof typeof REASONS;
export type PlaceImportReason = keyof typeof PLACE_REASONS;

type NamingImportReason = Filled<keyof typeof NAMING_REASONS, 'status' | 'most' | 'mode'>;

/** What is told of an item, and of what hides all that was said below it. */
export type ImportReason =
  | PlainImportReason
  | `${'page' | 'on a page'} ${PlaceImportReason}`
  | NamingImportReason
  | `under an item that was left out: ${string}`;

/** All reasons that name nothing of the file. */
export const IMPORT_REASONS: readonly ImportReason[] = [
  ...Object.keys(REASONS).filter(isPlain),
  ...Object.keys(PLACE_REASONS)
    .filter(isOfPlace)
    .flatMap((why) => [`page ${why}` as const, `on a page ${why}` as const]),
];

export type ImportReasonCode =
  | (typeof REASONS)[PlainImportReason]
  | (typeof PLACE_REASONS)[PlaceImportReason]
  | (typeof NAMING_REASONS)[keyof typeof NAMING_REASONS];

/** A reason by its code, with what it names. */
export interface CodedImportReason {
  readonly code: ImportReasonCode;
  readonly values: Readonly<Record<string, string>>;
  /** True of what was said below something that is left out for this reason. */
  readonly isBelow: boolean;
}

/** Null for what no import of this version says. */
export function codedImportReason(why: string): CodedImportReason | null {
  const isBelow = why.startsWith(UNDER);
  const reason = isBelow ? why.slice(UNDER.length) : why;
  if (isPlain(reason)) return { code: REASONS[reason], values: {}, isBelow };
  const place = reason.replace(/^(?:on a )?page /, '');
  if (isOfPlace(place)) return { code: PLACE_REASONS[place], values: {}, isBelow };
  for (const [form, code] of Object.entries(NAMING_REASONS)) {
    const values = filledIn(form, reason);
    if (values !== null) return { code, values, isBelow };
  }
  return null;
}

/** The code of a reason as lists have it, which stays the same; behind `under:` what hides all below it. Empty for none. */
export function importReasonCode(why: string): string {
  const coded = codedImportReason(why);
  return coded === null ? '' : `${coded.isBelow ? 'under:' : ''}${coded.code}`;
}

function isPlain(why: string): why is PlainImportReason {
  return Object.hasOwn(REASONS, why);
}

function isOfPlace(why: string): why is PlaceImportReason {
  return Object.hasOwn(PLACE_REASONS, why);
}
