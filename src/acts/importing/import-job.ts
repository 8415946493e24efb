import type { ImportSourceKind } from '../../../libs/words/index.ts';

/** What an admin has chosen for an import. */
export interface ImportChoices {
  /** Null: recognised by the head of the file. */
  readonly source: ImportSourceKind | null;
  /** Where sites stand whose pages the export names by paths, by their names in it. */
  readonly sites: Readonly<Record<string, string>>;
  /** Bring also what was said on pages of one's own machine, of caches and translators. */
  readonly local: boolean;
  /** WordPress: bring also the pages that nobody commented on. */
  readonly pages: boolean;
  /** Ask the old site for images. */
  readonly fetchMedia: boolean;
  /** A folder in the imports folder with the blog's images; null for none. */
  readonly media: string | null;
}

/** Where the file of an import lies: it was sent, or lies in the imports folder under this name. */
export type ImportOrigin = { readonly kind: 'sent' } | { readonly kind: 'folder'; readonly path: string };

/**
 * `looking` and `bringing` are under way; `looked` has told what would come; `stopped` goes on when somebody says so;
 * `unknown` needs to be told the system; `done` and `cancelled` are over.
 */
export const IMPORT_STATES = ['looking', 'looked', 'bringing', 'stopped', 'unknown', 'done', 'cancelled'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** How far an import has come. */
export interface ImportReached {
  readonly bytesRead: number;
  readonly bytes: number;
  readonly posts: number;
  readonly comments: number;
}

export const IMPORT_KINDS_LEFT_OUT = ['posts', 'comments', 'images'] as const;

/** What is left out for one reason, and where the first of it stand. */
export interface ImportLeftOut {
  readonly what: (typeof IMPORT_KINDS_LEFT_OUT)[number];
  /** In English. */
  readonly why: string;
  readonly count: number;
  readonly places: readonly ImportPlace[];
}

export interface ImportPlace {
  readonly line: number;
  readonly column: number;
  readonly address?: string;
}

/** The report of an import, or of a look at what would come. */
export interface ImportTold {
  /** False where nothing was recorded. */
  readonly recorded: boolean;
  readonly site: string | null;
  readonly posts: { readonly imported: number; readonly updated: number; readonly unchanged: number };
  /** The first of them, by name in addresses; absent in reports of former versions. */
  readonly first?: readonly { readonly slug: string }[];
  readonly comments: {
    readonly imported: number;
    readonly held: number;
    readonly placeholders: number;
    readonly unchanged: number;
  };
  /** Of those that would come, how many stand here already, by the name of the system that brought them. */
  readonly alike?: readonly (readonly [system: string, comments: number])[];
  readonly pingbacks: number;
  readonly votes: number;
  readonly images: { readonly stored: number; readonly known: number; readonly missing: number };
  readonly leftOut: readonly ImportLeftOut[];
  /** Of pages of other sites that come: the first origins with their pages and, but in reports of former versions, comments. */
  readonly origins: readonly (readonly [origin: string, pages: number, comments?: number])[];
  readonly warnings: { readonly count: number; readonly first: readonly ImportWarning[] };
  /** Why the file could not be read to its end. */
  readonly error: ImportWarning | null;
  readonly seconds: number;
}

/** In English. */
export interface ImportWarning {
  readonly line: number | null;
  readonly message: string;
}

/** Reports of the form 1 keep addresses and titles as people wrote them. */
export const FORMER_IMPORT_FORM = 1;
export const IMPORT_FORM = 2;

/** An import that was asked for on the pages of admins. */
export interface ImportJob {
  /** Of the file that keeps it: one of another form is not read. */
  readonly form: typeof IMPORT_FORM;
  readonly id: string;
  /** The file's own name, as the admin sees it. */
  readonly name: string;
  readonly origin: ImportOrigin;
  /** RFC 3339: when it was asked for. */
  readonly at: string;
  readonly choices: ImportChoices;
  readonly state: ImportState;
  readonly progress: ImportReached | null;
  /** What was told last, by a look or by the import itself. */
  readonly told: ImportTold | null;
  /** Why it stopped, in English, where nobody asked for it. */
  readonly fault: string | null;
  /** Whether something of it may be recorded. */
  readonly hasBrought: boolean;
}

export function isUnderWay({ state }: Pick<ImportJob, 'state'>): boolean {
  return state === 'looking' || state === 'bringing';
}

export function isImportOver({ state }: Pick<ImportJob, 'state'>): boolean {
  return state === 'done' || state === 'cancelled';
}
