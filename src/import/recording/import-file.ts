import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { Scratch } from '../../../libs/scratch/index.ts';
import type { ImportSourceKind } from '../../../libs/words/index.ts';
import { type ImagesWanted, ImportedImages, openSources } from '../images/imported-images.ts';
import { beginReading } from '../reading/begin-reading.ts';
import type { ReadItem, Reading, ReadingTask, Recorder } from '../reading/reading.ts';
import { ReadingThread } from '../reading/reading-thread.ts';
import type { PageNaming } from '../source/page-naming.ts';
import { TasksIn, Window } from '../window.ts';
import { dryTarget } from './dry-run.ts';
import { ErasedHere } from './erased-here.ts';
import { BroughtHere } from './here.ts';
import { ItemImport } from './import-item.ts';
import type { ImportTarget } from './import-run.ts';
import { actorOf, slugsHere } from './known-posts.ts';
import { MovedComments } from './moved-comments.ts';
import { NewSlugs } from './new-slugs.ts';
import { localesOfSite, namedOrigins, pageNaming } from './page-naming.ts';
import { addFound, addHeard, emptyReport, type ImportReport, unnamedOrigins } from './report.ts';
import { StandingHere } from './standing-here.ts';

/**
 * Characters of comments that wait for the log at once. Appends that wait together are committed together: of usual
 * ones these are 256, which fills the log's groups.
 */
const COMMENTS_AT_ONCE = 512_000;
const ITEMS_AT_ONCE = 8;
/** Bytes of an export that is read in less time than a thread for it takes to begin. */
const SMALL_BYTES = 1024 * 1024;

export interface ImportOptions {
  readonly source: ImportSourceKind;
  /** WordPress: bring also the pages that nobody commented on, as articles. */
  readonly pages?: boolean;
  /** WordPress: bring also posts of these types, which plugins and themes have made. */
  readonly types?: readonly string[];
  /** Where pages stand of which the export tells paths alone, by the name of their site; the empty name is every other. */
  readonly sites?: PageNaming['sites'];
  /** The origins that settings outside of the log name; those that the log names unless told. */
  readonly embedOrigins?: readonly string[];
  /** Bring also what was said on pages of this machine, of caches and translators. */
  readonly local?: boolean;
  /** Where the images of texts are brought from; those that are not found become links. */
  readonly images?: ImagesWanted;
  /** Record nothing, and tell what would come. Images are looked for, and not looked into. */
  readonly dryRun?: boolean;
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
 * Brings an export into the forum: posts or pages, their discussions, and comments with their threads, under ids that
 * derive from the source, so that a second run changes nothing and a newer export adds the new parts. Where the file is
 * broken, what was whole before is imported, and `error` says where and why it stopped. Throws the system's error when
 * the file cannot be read, and DomainError storage_unavailable.
 */
export async function importFile(file: string, forum: ImportTarget, options: ImportOptions): Promise<ImportReport> {
  const target = options.dryRun ? dryTarget(forum) : forum;
  const began = performance.now();
  await target.images.sweep(Date.parse(options.now));
  const { size: bytes } = await stat(file);
  const report = emptyReport(options.source, file, options.dryRun === true);
  const scratch = new Scratch();
  let bytesRead = 0;
  const onBytes = (count: number) => {
    bytesRead += count;
    options.onProgress?.({ bytesRead, bytes, report });
  };
  try {
    const here = await BroughtHere.read(target.store, scratch, options.source);
    const slugs = new NewSlugs(slugsHere(target.store), scratch.map());
    const moved = new MovedComments(scratch.map());
    const task = await taskOf(file, target, options);
    const recorder = { slugsOf: slugs.of, placesOf: here.placesOf, onBytes };
    const reading = await begun(task, recorder, bytes > (options.smallBytes ?? SMALL_BYTES));
    const standing = new StandingHere(target.store, scratch, {
      source: options.source,
      open: target.commentIndex ?? (async () => null),
    });
    const recording = { target, options, report, here, standing, moved };
    await recorded(reading, recording)
      .finally(() => reading.end())
      .finally(() => standing.close());
    report.unnamedOrigins = unnamedOrigins(report, options.embedOrigins ?? (await namedOrigins(target.store)));
  } finally {
    scratch.close();
  }
  report.seconds = Math.round(performance.now() - began) / 1000;
  return report;
}

async function taskOf(file: string, { store }: ImportTarget, options: ImportOptions): Promise<ReadingTask> {
  const { source, pages = false, types = [], sites = {}, local = false, now } = options;
  return { source, file, pages, types, now, naming: { ...(await pageNaming(store)), sites, local } };
}

function begun(task: ReadingTask, recorder: Recorder, isLarge: boolean): Promise<Reading> {
  return isLarge ? ReadingThread.begin(task, recorder) : beginReading(task, recorder);
}

interface Recording {
  readonly target: ImportTarget;
  readonly options: ImportOptions;
  readonly report: ImportReport;
  readonly here: BroughtHere;
  readonly standing: StandingHere;
  readonly moved: MovedComments;
}

async function recorded(
  reading: Reading,
  { target, options, report, here, standing, moved }: Recording,
): Promise<void> {
  const run = { correlationId: randomUUID(), now: options.now, locales: await localesOfSite(target.store) };
  const sources = await openSources(options.images ?? {}, reading.hosts);
  const imagesRun = { run, actor: actorOf(options.source), counts: report.images };
  const erased = new ErasedHere(target.store, target.members.names);
  const images = new ImportedImages(target.images, sources, imagesRun);
  const known = { here, standing, erased, moved };
  const items = new ItemImport(target, report, new Window(COMMENTS_AT_ONCE), { ...run, images, ...known });
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
