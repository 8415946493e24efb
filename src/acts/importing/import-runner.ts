import type { ImportSourceKind } from '../../../libs/words/index.ts';
import type { ImportChoices, ImportReached, ImportTold } from './import-job.ts';

/** What is to be done with a file. */
export interface ImportTask {
  readonly file: string;
  readonly choices: Omit<ImportChoices, 'media'>;
  /** The folder of the blog's images; null for none. */
  readonly media: string | null;
  /** Record nothing, and tell what would come. */
  readonly dryRun: boolean;
  /** Where all that is left out is listed, as CSV. */
  readonly listFile: string;
}

/** What an import tells while it runs. */
export interface ImportListener {
  recognised(source: ImportSourceKind): void;
  progress(progress: ImportReached): void;
}

/** How a run ended: with its report, without one since nobody knows the file, or before its end. */
export type ImportEnd =
  | { readonly kind: 'told'; readonly told: ImportTold }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface RunningImport {
  /** Never rejects. */
  readonly ended: Promise<ImportEnd>;
  stop(): void;
}

/** Runs an import beside the server; composition provides it. */
export interface ImportRunner {
  run(task: ImportTask, listener: ImportListener): RunningImport;
}

/** The right to import, which one node of a forum has at a time. */
export interface ImportLease {
  readonly isHeld: boolean;
  /** Recorded with the member who begins the import. */
  take(memberId: string): Promise<boolean>;
  /** Told with the comments that have come by now. */
  keep(comments: number): Promise<void>;
  /** Other nodes may import from now on. */
  release(): Promise<void>;
  /** The import of another node, where that has the right now; null where none has. */
  elsewhere(): Promise<ImportElsewhere | null>;
}

export interface ImportElsewhere {
  /** RFC 3339: when that node began. */
  readonly since: string;
  /** The comments that had come when it was last told. */
  readonly comments: number;
}
