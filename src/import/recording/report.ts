import type { ImportReason, ImportSaying, ImportSourceKind } from '../../../libs/words/index.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { SourcePlace, Warning } from '../source/source.ts';
import { addPlaces, type LeftOut, type LeftOutPlaces, noPlaces } from './left-out.ts';

/** The report of an import, as `--json` prints it. */
export interface ImportReport {
  readonly source: ImportSourceKind;
  readonly file: string;
  /** True where nothing was recorded: what is told would have come. */
  readonly dryRun: boolean;
  /** The site's own address, as the export gives it, or whose ids it has; null when it had no post. */
  site: string | null;
  /** Pages of other sites that come or have come, by the origin of their addresses. */
  readonly origins: Record<string, number>;
  /** The comments under them that come or have come, by the same. */
  readonly originComments: Record<string, number>;
  /** Those of the origins that the forum's settings do not name: none of their pages shows its discussion. */
  unnamedOrigins: readonly UnnamedOrigin[];
  readonly posts: {
    imported: number;
    /** Changed in the source since the last import. */
    updated: number;
    unchanged: number;
    /** Items or pages that were left out, by reason. */
    readonly skipped: Record<string, number>;
  };
  /** The first of the posts or pages, to look at what came. */
  readonly first: ImportedDiscussion[];
  readonly comments: {
    imported: number;
    /** How many of the imported ones wait for approval. */
    held: number;
    /** Places that were kept for comments that are not brought, since answers to them are. */
    placeholders: number;
    unchanged: number;
    readonly skipped: Record<string, number>;
  };
  /** A dry run: of the comments that would come, those that another system has brought to the same page, of the same second. */
  readonly alike: Record<string, number>;
  /** Where what was left out stands in the export, by reason: the first of each. */
  readonly leftOutAt: LeftOutPlaces;
  /** Pages that were left out though something was said there. */
  readonly pagesLeftOut: PageLeftOut[];
  /** Likes and dislikes in the source: not brought, since nobody here gave them. */
  votes: number;
  /** Pingbacks and trackbacks: kept apart from comments, and not brought. */
  pingbacks: number;
  readonly images: {
    /** Brought by this run. */
    stored: number;
    /** Brought by an earlier one. */
    known: number;
    /** Images that texts show and the forum lacks, by reason; each appearance in a post or comment counts. */
    readonly missing: Record<string, number>;
  };
  readonly missingImages: MissingImage[];
  /** Links of posts to files of the old site that are no images, by the ending of their names; they lead there still. */
  readonly fileLinks: Record<string, number>;
  readonly oldFiles: OldFileLink[];
  /** Shortcodes that only a plugin knew and that stay as they were written, and how often each. */
  readonly shortcodes: Record<string, number>;
  readonly warnings: Warning[];
  /** All warnings, also those of which only the number was kept. */
  warningCount: number;
  /** Why the import stopped before the end of the file; null when it did not. */
  error: (Partial<SourcePlace> & { readonly message: string }) | null;
  seconds: number;
}

/** A site whose pages come, and which the settings do not name. */
export interface UnnamedOrigin {
  readonly origin: string;
  readonly pages: number;
  readonly comments: number;
}

/** A post or page by its name in the forum's addresses. */
export interface ImportedDiscussion {
  readonly title: string;
  readonly slug: string;
}

/** A page that nobody can be led to from here, as this machine or a cache showed it. */
export interface PageLeftOut extends SourcePlace {
  readonly address: string;
  readonly reason: string;
  readonly comments: number;
}

/** An image that became a link to where it was. */
export interface MissingImage extends SourcePlace {
  /** The title of the post that shows it, or under which a comment does. */
  readonly post: string;
  readonly address: string;
  readonly reason: ImportReason;
}

/** Warnings that reading gave since it was asked last. */
export interface HeardWarnings {
  readonly kept: readonly Warning[];
  /** All, also those that are not kept. */
  readonly count: number;
}

/** Items of an export that are not imported, and other findings for the report. */
export interface ReadingFound {
  site: string | null;
  pingbacks: number;
  /** By reason. */
  readonly postsSkipped: Record<string, number>;
  readonly commentsSkipped: Record<string, number>;
  readonly places: LeftOutPlaces;
  /** By name. */
  readonly shortcodes: Record<string, number>;
  /** Of exports that tell pages of other sites. */
  readonly pages?: FoundPages;
}

/** Before the first item was read. */
export function nothingFound(): ReadingFound {
  return { site: null, pingbacks: 0, postsSkipped: {}, commentsSkipped: {}, places: noPlaces(), shortcodes: {} };
}

/** What an export told about pages of other sites. */
export interface FoundPages {
  readonly origins: Record<string, number>;
  readonly leftOut: PageLeftOut[];
  votes: number;
}

/** A link that ends when the old site does. */
export interface OldFileLink extends SourcePlace {
  /** The title of the post. */
  readonly post: string;
  readonly address: string;
}

/** A broken file of many megabytes could fill the memory with warnings. */
export const MOST_WARNINGS = 10_000;

const MOST_FIRST = 5;

export function emptyReport(source: ImportSourceKind, file: string, dryRun = false): ImportReport {
  return {
    source,
    file,
    dryRun,
    site: null,
    origins: {},
    originComments: {},
    unnamedOrigins: [],
    posts: { imported: 0, updated: 0, unchanged: 0, skipped: {} },
    first: [],
    comments: { imported: 0, held: 0, placeholders: 0, unchanged: 0, skipped: {} },
    alike: {},
    leftOutAt: noPlaces(),
    pagesLeftOut: [],
    votes: 0,
    pingbacks: 0,
    images: { stored: 0, known: 0, missing: {} },
    missingImages: [],
    fileLinks: {},
    oldFiles: [],
    shortcodes: {},
    warnings: [],
    warningCount: 0,
    error: null,
    seconds: 0,
  };
}

export function addWarning(report: ImportReport, message: ImportSaying, { line, column }: SourcePlace): void {
  report.warningCount += 1;
  if (report.warnings.length < MOST_WARNINGS) report.warnings.push({ line, column, message });
}

/** Adds the warnings of reading. */
export function addHeard(report: ImportReport, { kept, count }: HeardWarnings): void {
  report.warningCount += count;
  report.warnings.push(...kept.slice(0, MOST_WARNINGS - report.warnings.length));
}

/** Adds the findings of reading besides the posts that came. */
export function addFound(report: ImportReport, found: ReadingFound): void {
  report.site = found.site;
  report.pingbacks = found.pingbacks;
  report.votes = found.pages?.votes ?? 0;
  Object.assign(report.origins, found.pages?.origins);
  report.pagesLeftOut.push(...(found.pages?.leftOut ?? []));
  for (const [why, count] of Object.entries(found.postsSkipped)) skip(report.posts.skipped, why, count);
  for (const [why, count] of Object.entries(found.commentsSkipped)) skip(report.comments.skipped, why, count);
  for (const kind of ['posts', 'comments'] as const)
    for (const [why, places] of Object.entries(found.places[kind])) addPlaces(report.leftOutAt[kind], why, places);
  for (const [name, count] of Object.entries(found.shortcodes)) skip(report.shortcodes, name, count);
}

/** Those with the most pages first. */
export function unnamedOrigins(
  { origins, originComments }: Pick<ImportReport, 'origins' | 'originComments'>,
  named: readonly string[],
): readonly UnnamedOrigin[] {
  return Object.entries(origins)
    .filter(([origin]) => !named.includes(origin))
    .map(([origin, pages]) => ({ origin, pages, comments: originComments[origin] ?? 0 }))
    .sort((one, other) => other.pages - one.pages);
}

/** Keeps the first few; a post of this forum that was there before has a name that no export tells. */
export function addFirst(
  { first }: ImportReport,
  { title, slug, url, addresses, source, publishAt }: ImportedPost,
  now: string,
): void {
  const isNamed = url !== undefined || source.kind === 'wordpress' || addresses.length === 0;
  const isOut = publishAt === null || publishAt <= now;
  if (isNamed && isOut && first.length < MOST_FIRST && !first.some((one) => one.slug === slug))
    first.push({ title, slug });
}

/** Forgets one that the forum has refused. */
export function dropFirst({ first }: ImportReport, { slug }: Pick<ImportedPost, 'slug'>): void {
  const at = first.findIndex((one) => one.slug === slug);
  if (at >= 0) first.splice(at, 1);
}

export function addMissingImage(report: ImportReport, { line, column, ...image }: MissingImage): void {
  skip(report.images.missing, image.reason);
  if (report.missingImages.length < MOST_WARNINGS) report.missingImages.push({ line, column, ...image });
}

export function addOldFile(
  report: ImportReport,
  { line, column, post, address, ending }: OldFileLink & { readonly ending: string },
): void {
  skip(report.fileLinks, ending);
  if (report.oldFiles.length < MOST_WARNINGS) report.oldFiles.push({ line, column, post, address });
}

export function skip(skipped: Record<string, number>, why: string, count = 1): void {
  skipped[why] = (skipped[why] ?? 0) + count;
}

/** Counts what is left out for one reason, with where it stands. */
export function leaveOut(
  found: Pick<ReadingFound, 'postsSkipped' | 'commentsSkipped' | 'places'>,
  kind: keyof LeftOutPlaces,
  why: ImportReason,
  { count, places }: LeftOut,
): void {
  skip(kind === 'posts' ? found.postsSkipped : found.commentsSkipped, why, count);
  addPlaces(found.places[kind], why, places);
}
