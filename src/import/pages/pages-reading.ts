import { siteHostOf } from '../../../libs/kernel/index.ts';
import { Scratch } from '../../../libs/scratch/index.ts';
import { OpenThreads } from '../reading/open-threads.ts';
import type { EndOfReading, NextItem, ReadComment, Reading, ReadingTask, Recorder } from '../reading/reading.ts';
import { Warnings } from '../reading/warnings.ts';
import { leaveOut, nothingFound, type ReadingFound, skip } from '../recording/report.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { KnownPlace } from '../source/page-naming.ts';
import { SourceError } from '../source/source.ts';
import { CommentIds } from '../threads/comment-ids.ts';
import { sourceThreadOf } from '../threads/threading.ts';
import { AT_A_TIME, Gathered, type GatheredThread } from './gathered.ts';
import { joinPages } from './joined-pages.ts';
import { articlePost, pagePost } from './page-post.ts';
import { READERS } from './readers.ts';

/** Where images of comments lie that systems took in themselves. */
const OF_SYSTEMS = ['uploads.disquscdn.com'];
/** Hosts of pages that images are taken from. */
const MOST_HOSTS = 1_000;

/** A thread with the post that it comes under. */
interface Coming {
  readonly thread: GatheredThread;
  readonly post: ImportedPost;
}

/** Reads an export of comments and the pages that they stand under: whole first, then discussion by discussion. */
export class PagesReading implements Reading {
  readonly hosts = new Set<string>(OF_SYSTEMS);
  readonly #task: ReadingTask;
  readonly #recorder: Recorder;
  readonly #gathered = new Gathered();
  readonly #scratch = new Scratch();
  readonly #warnings = new Warnings();
  readonly #threads = new OpenThreads(this.#warnings);
  readonly #ids = new CommentIds(this.#scratch.map());
  readonly #found: ReadingFound & Required<Pick<ReadingFound, 'pages'>> = {
    ...nothingFound(),
    pages: { origins: {}, leftOut: [], votes: 0 },
  };
  #site: string;
  #fault: EndOfReading['fault'] = null;
  #coming: Coming[] = [];
  #last = 0;
  #bytes = 0;
  #threadCount = 1;

  private constructor(task: ReadingTask, recorder: Recorder) {
    this.#task = task;
    this.#recorder = recorder;
    this.#site = task.source;
  }

  /** Reads the file once. Throws the system's error when it cannot be read. */
  static async begin(task: ReadingTask, recorder: Recorder): Promise<PagesReading> {
    const reading = new PagesReading(task, recorder);
    try {
      await reading.#gather();
      return reading;
    } catch (error) {
      await reading.end();
      throw error;
    }
  }

  async next(): Promise<NextItem | EndOfReading> {
    if (this.#coming.length === 0) this.#coming = await this.#nextThreads();
    const next = this.#coming.shift();
    if (next === undefined) {
      const heard = this.#warnings.take();
      return { item: null, heard, found: { ...this.#found, site: this.#site }, fault: this.#fault };
    }
    const { thread, post } = next;
    const place = { line: thread.line, column: thread.col };
    this.#open(next);
    this.#progress();
    return { item: { number: thread.n, place, post, modifiedAt: null }, heard: this.#warnings.take() };
  }

  comments(item: number): AsyncGenerator<readonly ReadComment[], void> {
    return this.#threads.comments(item);
  }

  close(item: number): void {
    this.#threads.close(item);
  }

  async end(): Promise<void> {
    this.#threads.closeAll();
    this.#gathered.close();
    this.#scratch.close();
  }

  /** The half of the way; where the file breaks, what was whole before is kept. */
  async #gather(): Promise<void> {
    const { source, file, naming } = this.#task;
    if (source === 'wordpress') return;
    const read = await READERS[source]();
    const onBytes = (bytes: number): void => {
      this.#bytes += bytes;
      this.#recorder.onBytes(bytes / 2);
    };
    try {
      for await (const told of read({ file, sites: naming.sites, warn: this.#warnings.warn, onBytes })) {
        if (told.kind === 'page') this.#gathered.addPage(told.page);
        else if (told.kind === 'comment') this.#gathered.addComment(told);
        else if (told.kind === 'site') this.#site = told.site;
        else this.#found.pages.votes += told.count;
      }
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.#fault = { message: error.reason, ...error.place };
    }
    joinPages(this.#gathered, naming, { found: this.#found, warn: this.#warnings.warn });
    this.#threadCount = Math.max(1, this.#gathered.countOfThreads);
    for (const host of this.#gathered.hosts(MOST_HOSTS)) this.hosts.add(siteHostOf(`http://${host}`));
  }

  async #nextThreads(): Promise<Coming[]> {
    const threads = this.#gathered.threadsAfter(this.#last, AT_A_TIME);
    this.#last = threads.at(-1)?.n ?? this.#last;
    const stood = threads.map(({ n }) => this.#gathered.stood(n));
    const places = await this.#recorder.placesOf(
      threads.map(({ key: id }, at) => ({ site: this.#site, id, addresses: stood[at] ?? [] })),
    );
    return threads.map((thread, at) => ({ thread, post: this.#postOf(thread, stood[at] ?? [], places[at] ?? null) }));
  }

  #postOf(thread: GatheredThread, stood: readonly string[], place: KnownPlace | null): ImportedPost {
    const origin = { kind: this.#task.source, site: this.#site, locale: this.#task.naming.locale };
    const article = this.#gathered.articleOf(thread);
    if (article !== null && stood.length === 0) return articlePost(thread, article, origin);
    const post = pagePost(thread, stood, place, origin);
    if (post.url !== undefined && stood.length > 0 && !stood.includes(post.url))
      this.#tellMove(thread, post.url, stood);
    if (post.url !== undefined) skip(this.#found.pages.origins, new URL(post.url).origin);
    return post;
  }

  #tellMove({ line, col }: GatheredThread, url: string, [now = '']: readonly string[]): void {
    const told = `the page ${url} stands at ${now} by now; its discussion stays under the former address` as const;
    this.#warnings.warn(`${told}, and an alias in the settings leads there from the new one`, { line, column: col });
  }

  #open({ thread, post }: Coming): void {
    const { source, publishAt, url } = post;
    const { warn } = this.#warnings;
    const context = {
      post: { source, publishAt },
      baseUrl: url ?? post.addresses[0] ?? null,
      warn,
      rewrite: () => null,
      now: this.#task.now,
    };
    const settled = sourceThreadOf(this.#gathered.commentsOf(thread.n), context, this.#ids);
    this.#found.pingbacks += settled.pingbacks;
    for (const [why, left] of settled.skipped) leaveOut(this.#found, 'comments', why, left);
    this.#threads.open(thread.n, settled);
  }

  /** The other half: by discussions. */
  #progress(): void {
    this.#recorder.onBytes(this.#bytes / 2 / this.#threadCount);
  }
}
