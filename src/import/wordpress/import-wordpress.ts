import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { Scratch } from '../../../libs/scratch/index.ts';
import { type ImagesWanted, ImportedImages, openSources } from '../images/imported-images.ts';
import { TasksIn, Window } from '../window.ts';
import type { Recorder } from './export-reading.ts';
import { type ImportTarget, ItemImport } from './import-item.ts';
import { ACTOR, slugsHere } from './known-posts.ts';
import { NewSlugs } from './new-slugs.ts';
import type { ReadItem, Reading } from './reading.ts';
import { ReadingThread } from './reading-thread.ts';
import { addFound, addHeard, emptyReport, type ImportReport } from './report.ts';

/**
 * Characters of comments that wait for the log at once. Appends that wait together are committed together: of usual
 * ones these are 256, which fills the log's groups.
 */
const COMMENTS_AT_ONCE = 512_000;
const ITEMS_AT_ONCE = 8;
/** Bytes of an export that is read in less time than a thread for it takes to begin. */
const SMALL_BYTES = 1024 * 1024;

export interface ImportOptions {
  /** Bring also the pages that nobody commented on, as articles. */
  readonly pages: boolean;
  /** Bring also posts of these types, which plugins and themes have made. */
  readonly types?: readonly string[];
  /** Where the blog's images are brought from; those that are not found become links. */
  readonly images?: ImagesWanted;
  /** RFC 3339: the moment of the import. */
  readonly now: string;
  /** Bytes up to which an export is read in this thread, and not in one of its own; 1 MiB unless told. */
  readonly smallBytes?: number;
  /** Hears after each piece of the file how far the import has come. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly bytesRead: number;
  readonly bytes: number;
  readonly report: ImportReport;
}

/**
 * Brings a WordPress export (WXR) into the forum: posts, their discussions, and comments with their threads, under ids
 * that derive from the source, so that a second run changes nothing and a newer export adds the new parts. Each post
 * comes whole or not at all; where the file is broken, the whole items before it are imported, and `error` says where
 * and why it stopped. Throws the system's error when the file cannot be read, and DomainError storage_unavailable.
 */
export async function importWordPress(
  file: string,
  target: ImportTarget,
  options: ImportOptions,
): Promise<ImportReport> {
  const began = performance.now();
  await target.images.sweep(Date.parse(options.now));
  const { size: bytes } = await stat(file);
  const report = emptyReport(file);
  const scratch = new Scratch();
  let bytesRead = 0;
  const onBytes = (count: number) => {
    bytesRead += count;
    options.onProgress?.({ bytesRead, bytes, report });
  };
  const slugs = new NewSlugs(slugsHere(target.store), scratch.map());
  try {
    const reading = await begun(file, options, { slugsOf: slugs.of, onBytes });
    await recorded(reading, { target, options, report }).finally(() => reading.end());
  } finally {
    scratch.close();
  }
  report.seconds = Math.round(performance.now() - began) / 1000;
  return report;
}

async function begun(file: string, options: ImportOptions, recorder: Recorder): Promise<Reading> {
  const { pages, types = [], now, smallBytes = SMALL_BYTES } = options;
  const task = { file, pages, types, now };
  if ((await stat(file)).size > smallBytes) return ReadingThread.begin(task, recorder);
  const { ExportReading } = await import('./export-reading.ts');
  return ExportReading.begin(task, recorder);
}

interface Recording {
  readonly target: ImportTarget;
  readonly options: ImportOptions;
  readonly report: ImportReport;
}

async function recorded(reading: Reading, { target, options, report }: Recording): Promise<void> {
  const run = { correlationId: randomUUID(), now: options.now };
  const sources = await openSources(options.images ?? {}, reading.hosts);
  const images = new ImportedImages(target.images, sources, { run, actor: ACTOR, counts: report.images });
  const items = new ItemImport(target, report, new Window(COMMENTS_AT_ONCE), { ...run, images });
  const queue = new RecordingQueue((item) =>
    items.record(item, reading.comments(item.number)).finally(() => reading.close(item.number)),
  );
  try {
    let next = await reading.next();
    for (; next.item !== null; next = await reading.next()) {
      addHeard(report, next.heard);
      await queue.add(next.item);
    }
    addHeard(report, next.heard);
    addFound(report, next.found);
    report.error = next.fault;
  } finally {
    await queue.drained().finally(() => sources.fetcher?.close());
  }
}

/** Records a few items at once; of one post at a time, since an export may name a post in several items. */
class RecordingQueue {
  private readonly record: (item: ReadItem) => Promise<void>;
  private readonly tasks = new TasksIn(new Window(ITEMS_AT_ONCE));
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(record: (item: ReadItem) => Promise<void>) {
    this.record = record;
  }

  /** Resolves when there is room for the next one. Throws the first fault of those before. */
  async add(item: ReadItem): Promise<void> {
    const { postId } = item.post;
    await this.underWay.get(postId);
    await this.tasks.start(1, () => {
      const done = this.record(item).finally(() => this.underWay.delete(postId));
      this.underWay.set(
        postId,
        done.catch(() => undefined),
      );
      return done;
    });
  }

  drained(): Promise<void> {
    return this.tasks.ended();
  }
}
