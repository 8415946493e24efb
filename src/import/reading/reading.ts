import type { ImportSourceKind } from '../../../libs/words/index.ts';
import type { SlugsOf } from '../recording/new-slugs.ts';
import type { HeardWarnings, ReadingFound } from '../recording/report.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { PageNaming, PlacesOf } from '../source/page-naming.ts';
import type { SourcePlace, Warning } from '../source/source.ts';
import type { Placeholder, ThreadedComment } from '../threads/threading.ts';

/** The task of reading: an export, and the part of it that is wanted. Plain data, since it goes to another thread. */
export interface ReadingTask {
  readonly source: ImportSourceKind;
  readonly file: string;
  /** How pages of other sites are told apart and named here. */
  readonly naming: PageNaming;
  /** Bring also the pages that nobody commented on. */
  readonly pages: boolean;
  /** Types of posts that plugins and themes have made. */
  readonly types: readonly string[];
  /** RFC 3339: the moment of the import. */
  readonly now: string;
}

/** The questions that reading asks of the recorder. */
export interface Recorder {
  readonly slugsOf: SlugsOf;
  readonly placesOf: PlacesOf;
  /** Hears after each piece of the file how many bytes of it were read. */
  readonly onBytes: (bytes: number) => void;
}

/** One post, read and converted, ready to be recorded; its discussion follows in batches. */
export interface ReadItem {
  /** Names it towards the reading. */
  readonly number: number;
  readonly place: SourcePlace;
  readonly post: ImportedPost;
  /** When the source changed it last; null when it does not say. */
  readonly modifiedAt: string | null;
}

/** A comment, or what stands for it, with what its own conversion warns of. */
export interface ReadComment {
  readonly comment: ThreadedComment | Placeholder;
  /** How deep it stands: all of a level come after all of the one above it. */
  readonly level: number;
  readonly warnings: readonly Warning[];
}

export interface NextItem {
  readonly item: ReadItem;
  readonly heard: HeardWarnings;
}

export interface EndOfReading {
  readonly item: null;
  readonly heard: HeardWarnings;
  readonly found: ReadingFound;
  /** Why the file could not be read on; null when it was read to its end. */
  readonly fault: (SourcePlace & { readonly message: string }) | null;
}

/** An export that is being read, in this thread or in one of its own. Each call throws the system's error where a file fails. */
export interface Reading {
  /** Hosts that the export names as the blog's own. */
  readonly hosts: ReadonlySet<string>;
  /** The next post that comes, in the file's order; not asked again before it has answered, nor after the end. */
  next(): Promise<NextItem | EndOfReading>;
  /** The comments of an item, some at a time: each parent comes before its answers. */
  comments(item: number): AsyncGenerator<readonly ReadComment[], void>;
  /** Nothing of the item is asked for any more. */
  close(item: number): void;
  /** Nothing at all is. */
  end(): Promise<void>;
}
