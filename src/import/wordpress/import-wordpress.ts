import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { Scratch, type ScratchMap } from '../../../libs/scratch/index.ts';
import { type ImagesWanted, ImportedImages, openSources } from '../images/imported-images.ts';
import { TasksIn, Window } from '../window.ts';
import { isDiscussed } from './comment-fate.ts';
import { CommentIds } from './comment-ids.ts';
import { BlogClock } from './dates.ts';
import { type ImportTarget, ItemImport, type PreparedItem } from './import-item.ts';
import { ACTOR, slugsHere } from './known-posts.ts';
import { type ImportedPost, type PostContext, toPost, withSourceId } from './posts.ts';
import { addWarning, emptyReport, type ImportReport, skip } from './report.ts';
import { siteAddress, sourceIdOf } from './site.ts';
import { surveyed } from './survey.ts';
import { threadOf } from './threading.ts';
import { reasonToSkip } from './wanted.ts';
import { WxrError, type WxrItem } from './wxr.ts';
import { readWxr, type WxrRead } from './wxr-reader.ts';

/**
 * Characters of comments that wait for the log at once. Appends that wait together are committed together: of usual
 * ones these are 256, which fills the log's groups.
 */
const COMMENTS_AT_ONCE = 512_000;
const ITEMS_AT_ONCE = 8;

export interface ImportOptions {
  /** Bring also the pages that nobody commented on, as articles. */
  readonly pages: boolean;
  /** Bring also posts of these types, which plugins and themes have made. */
  readonly types?: readonly string[];
  /** Where the blog's images are brought from; those that are not found become links. */
  readonly images?: ImagesWanted;
  /** RFC 3339: the moment of the import. */
  readonly now: string;
  /** Hears after each piece of the file how far the import has come. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly bytesRead: number;
  readonly bytes: number;
  readonly report: ImportReport;
}

/**
 * Brings a WordPress export (WXR) into the forum: posts, their discussions, comments with their threads, under ids that
 * come from the source, so that a second run changes nothing and a newer export adds what is new. Each post comes whole
 * or not at all; where the file is broken, what was whole before is brought and `error` says where and why it stopped.
 * Throws the system's error when the file cannot be read, and DomainError storage_unavailable.
 */
export async function importWordPress(
  file: string,
  target: ImportTarget,
  options: ImportOptions,
): Promise<ImportReport> {
  const began = performance.now();
  const bytes = (await stat(file)).size;
  const report = emptyReport(file);
  const scratch = new Scratch();
  const wanted = { pages: options.pages, types: options.types ?? [] };
  const survey = await surveyed(file, scratch, { here: slugsHere(target.store), wanted });
  const preparation = new Preparation(report, options, { survey, scratch });
  const run = { correlationId: randomUUID(), now: options.now };
  const sources = await openSources(options.images ?? {}, survey.hosts);
  const images = new ImportedImages(target.images, sources, { run, actor: ACTOR, counts: report.images });
  const recording = new ItemImport(target, report, new Window(COMMENTS_AT_ONCE), { ...run, images });
  const queue = new RecordingQueue((item) => recording.record(item));
  let bytesRead = 0;
  const onBytes = (count: number) => {
    bytesRead += count;
    options.onProgress?.({ bytesRead, bytes, report });
  };
  try {
    for await (const read of readWxr(file, preparation.warn, { onBytes })) {
      const prepared = preparation.of(read);
      if (prepared !== undefined) await queue.add(prepared);
    }
  } catch (error) {
    if (!(error instanceof WxrError)) throw error;
    report.error = { message: error.reason, ...error.place };
  } finally {
    await queue.drained().finally(() => {
      sources.fetcher?.close();
      scratch.close();
    });
  }
  report.seconds = Math.round(performance.now() - began) / 1000;
  return report;
}

/** Records a few items at once; of one post at a time, since an export may name a post in several items. */
class RecordingQueue {
  private readonly record: (item: PreparedItem) => Promise<void>;
  private readonly tasks = new TasksIn(new Window(ITEMS_AT_ONCE));
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(record: (item: PreparedItem) => Promise<void>) {
    this.record = record;
  }

  /** Resolves when there is room for the next one. Throws the first fault of those before. */
  async add(item: PreparedItem): Promise<void> {
    const { postId } = item.post;
    await this.underWay.get(postId);
    await this.tasks.start(1, () => {
      const done = this.record(item).finally(() => {
        item.thread.close();
        this.underWay.delete(postId);
      });
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

/** Turns items into the forum's words, in the order of the file, and counts what is left out. */
class Preparation {
  readonly warn: PostContext['warn'];
  private readonly report: ImportReport;
  private readonly options: ImportOptions;
  private readonly context: PostContext;
  private readonly commentIds: CommentIds;
  /** Of posts, by id. */
  private readonly titles: ScratchMap;

  constructor(
    report: ImportReport,
    options: ImportOptions,
    { survey, scratch }: { readonly survey: PostContext['survey']; readonly scratch: Scratch },
  ) {
    this.report = report;
    this.options = options;
    this.commentIds = new CommentIds(scratch.map());
    this.titles = scratch.map();
    this.warn = (message, place) => addWarning(report, message, place);
    this.context = {
      clock: new BlogClock(),
      survey,
      warn: this.warn,
      onShortcode: (name) => skip(report.shortcodes, name),
    };
  }

  /** Undefined for an item that is left out. */
  of({ site, item }: WxrRead): PreparedItem | undefined {
    this.report.site ??= siteAddress(site, item);
    const why = reasonToSkip(item, {
      pages: this.options.pages || isDiscussed(item),
      types: this.options.types ?? [],
    });
    if (why !== null) {
      this.leaveOut(item, why);
      return undefined;
    }
    if (!item.fields.has('wp:post_type')) this.warn('the item has no wp:post_type; taken as a post', item.place);
    const post = this.dated(this.distinct(toPost(item, site, this.context), item), item);
    const { clock } = this.context;
    const thread = threadOf(
      item.comments,
      { post, clock, warn: this.warn, rewrite: this.context.survey.rewrite, now: this.options.now },
      this.commentIds,
    );
    this.report.pingbacks += thread.pingbacks;
    for (const [reason, count] of thread.skipped) skip(this.report.comments.skipped, reason, count);
    const modifiedAt = clock.moment(item.fields, { gmt: 'wp:post_modified_gmt', local: 'wp:post_modified' });
    return { place: item.place, post, thread, modifiedAt };
  }

  /** A post without a date is as old as its first comment. */
  private dated(post: ImportedPost, item: WxrItem): ImportedPost {
    if (post.publishAt !== null) return post;
    let first: string | null = null;
    for (const { fields } of item.comments) {
      const at = this.context.clock.moment(fields, { gmt: 'wp:comment_date_gmt', local: 'wp:comment_date' });
      if (at !== null && (first === null || at < first)) first = at;
    }
    const taken = first === null ? 'the time of the import' : 'the time of its first comment';
    this.warn(`"${post.title}" does not say when it was published; ${taken} was taken`, item.place);
    return { ...post, publishAt: first };
  }

  private leaveOut(item: WxrItem, why: string): void {
    skip(this.report.posts.skipped, why);
    item.comments.close();
    if (item.comments.length > 0)
      skip(this.report.comments.skipped, `under an item that was left out: ${why}`, item.comments.length);
  }

  /** Two items with one id are one post when they say the same; else the second gets an id from its title. */
  private distinct(post: ImportedPost, item: WxrItem): ImportedPost {
    if (this.titles.add(post.postId, post.title) || this.titles.get(post.postId) === post.title) return post;
    const { id, certain } = sourceIdOf(item);
    if (certain) this.warn(`the post id ${id} is used twice; "${post.title}" got an id from its title`, item.place);
    return withSourceId(post, `${id}-${post.title}`);
  }
}
