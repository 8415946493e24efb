import { setImmediate as nextTurn } from 'node:timers/promises';
import { DomainError } from '../../../libs/kernel/index.ts';
import { languagesAround, toldLanguage } from '../../../libs/languages/index.ts';
import type { ImportReason } from '../../../libs/words/index.ts';
import { streams } from '../../commands/streams.ts';
import { ImportComment, ImportPlaceholder } from '../../domain/comment/comment.commands.ts';
import type { ReadComment, ReadItem } from '../reading/reading.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { SourcePlace } from '../source/source.ts';
import type { Placeholder, ThreadedComment } from '../threads/threading.ts';
import { TasksIn, type Window } from '../window.ts';
import { withWordPressId } from './here.ts';
import type { ImportRun, ImportTarget } from './import-run.ts';
import { knownPost, postOfComment } from './known-posts.ts';
import { addPlaces } from './left-out.ts';
import { oldFilesIn } from './old-files.ts';
import { metaOf, PostRecording } from './post-recording.ts';
import { addFirst, addMissingImage, addOldFile, addWarning, dropFirst, type ImportReport, skip } from './report.ts';

/** Some at a time, as they are read. */
type CommentBatches = AsyncIterable<readonly ReadComment[]>;

const ERASED = 'was erased here';
const REFUSED = 'refused by the forum';
const NOT_EXPORTED = 'a featured image that the export does not hold';

/** The least weight of a comment in the window, in characters: about the cost of keeping it besides its text. */
const LEAST_WEIGHT = 2_000;

/** Records prepared items: what is there already stays, what is new or changed in the source is added. */
export class ItemImport {
  private readonly target: ImportTarget;
  private readonly report: ImportReport;
  private readonly window: Window;
  private readonly run: ImportRun;
  private readonly posts: PostRecording;

  constructor(target: ImportTarget, report: ImportReport, window: Window, run: ImportRun) {
    this.target = target;
    this.report = report;
    this.window = window;
    this.run = run;
    this.posts = new PostRecording(target, report, run);
  }

  /** Throws DomainError storage_unavailable; other refusals are told in the report, and the import goes on. */
  async record(read: ReadItem, comments: CommentBatches): Promise<void> {
    addFirst(this.report, read.post, this.run.now);
    const item = { ...read, post: await this.withImages(read) };
    const { title, lostImage } = item.post;
    if (lostImage !== null)
      addMissingImage(this.report, { ...item.place, post: title, address: lostImage, reason: NOT_EXPORTED });
    for (const file of oldFilesIn(item.post.body, this.run.images.hosts))
      addOldFile(this.report, { ...item.place, post: title, ...file });
    const known = await knownPost(this.target.store, item.post.postId);
    try {
      await this.posts.bring(item, known);
    } catch (error) {
      dropFirst(this.report, item.post);
      this.refused(error, item.place, 'posts');
      return;
    }
    await this.posts.settle(item.post);
    await this.comments(comments, (comment) => this.comment(comment, item.post, known === undefined));
  }

  private async withImages({ post, place }: ReadItem): Promise<ImportedPost> {
    const body = await this.imagesIn(post.body, post, place);
    return { ...post, body, excerpt: post.excerpt === null ? null : await this.imagesIn(post.excerpt, post, place) };
  }

  /** Images become the forum's own, and missing ones become links. */
  private imagesIn(
    text: string,
    { title, source, inline }: ImportedPost,
    { line, column }: SourcePlace,
  ): Promise<string> {
    return this.run.images.rewritten(text, { site: source.site, inline }, (missed) =>
      addMissingImage(this.report, { line, column, post: title, ...missed }),
    );
  }

  /**
   * Each level is recorded after the one above it, and within it in the order of the file, which readers see of comments
   * of one second; of a thread, memory holds only what fits the window. After each batch the log's thread gets the
   * finished part, while more is made.
   */
  private async comments(
    batches: CommentBatches,
    record: (comment: ThreadedComment | Placeholder) => Promise<void>,
  ): Promise<void> {
    const tasks = new TasksIn(this.window);
    const order = this.target.store.order();
    let depth = 0;
    for await (const batch of batches) {
      for (const { comment, level, warnings } of batch) {
        for (const warning of warnings) addWarning(this.report, warning.message, warning);
        if (level !== depth) await tasks.ended();
        depth = level;
        await tasks.start(weightOf(comment), () =>
          order.next(streams.comment(comment.commentId), () => record(comment)),
        );
      }
      await nextTurn();
    }
    await tasks.ended();
  }

  private async comment(comment: ThreadedComment | Placeholder, post: ImportedPost, isNew: boolean): Promise<void> {
    const { comments } = this.report;
    const { place, sourceId: id } = comment;
    const there = await this.whereItStands(comment, post, isNew);
    if (there !== undefined) {
      if (comment.kind === 'comment') {
        comments.unchanged += 1;
        this.countAt(post);
      }
      if (there !== post.postId)
        addWarning(this.report, `the comment ${id} stands under another post here; left there`, place);
      return;
    }
    const isErased = comment.kind === 'comment' && (await this.run.erased.has(comment.author, post.source.kind));
    if (isErased) leaveOutOf(this.report, 'comments', ERASED, place);
    if (isErased && !comment.isAnswered) return;
    try {
      const told = isErased ? placeOf(comment) : await this.shown(comment, post);
      const { repeated } = await this.target.commands.execute(this.wish(told, post));
      if (told.kind === 'comment') this.countAt(post);
      if (told.kind === 'placeholder') comments.placeholders += repeated ? 0 : 1;
      else if (repeated) comments.unchanged += 1;
      else {
        comments.imported += 1;
        if (told.held) comments.held += 1;
        // Under a page that is not here yet nothing can stand.
        const isAsked = this.report.dryRun && !isNew;
        const other = isAsked ? await this.run.standing.alikeTo(told, post) : undefined;
        if (other !== undefined) skip(this.report.alike, other);
      }
    } catch (error) {
      this.refused(error, place, 'comments');
    }
  }

  /** Of pages of other sites. */
  private countAt({ url }: ImportedPost): void {
    if (url !== undefined) skip(this.report.originComments, new URL(url).origin);
  }

  private async shown(
    comment: ThreadedComment | Placeholder,
    post: ImportedPost,
  ): Promise<ThreadedComment | Placeholder> {
    if (comment.kind === 'placeholder') return comment;
    return { ...comment, body: await this.imagesIn(comment.body, post, comment.place) };
  }

  /** The post under which it stands already, by whichever export it came; undefined where it is new. */
  private async whereItStands(
    comment: ThreadedComment | Placeholder,
    post: ImportedPost,
    isNew: boolean,
  ): Promise<string | undefined> {
    const { commentId } = comment;
    const { store } = this.target;
    const twin = comment.kind === 'comment' ? await this.run.here.twinOf(comment, post) : undefined;
    const there = twin === undefined && isNew ? undefined : await postOfComment(store, twin ?? commentId);
    if (there !== undefined && (twin !== undefined || there !== post.postId))
      this.run.moved.add(commentId, { commentId: twin ?? commentId, postId: there });
    return there;
  }

  /** An answer follows a comment that stands under another post here. */
  private wish(comment: ThreadedComment | Placeholder, { postId: given, source, locale }: ImportedPost) {
    const { kind, commentId, sourceId: id } = comment;
    const meta = metaOf(source, ['comment', id], { ...this.run, at: comment.at });
    const parent = comment.parentId === null ? undefined : this.run.moved.of(comment.parentId);
    const [parentId, postId] = parent === undefined ? [comment.parentId, given] : [parent.commentId, parent.postId];
    if (postId !== given) this.run.moved.add(commentId, { commentId, postId });
    const wordpressId = kind === 'comment' && source.kind !== 'wordpress' ? comment.wordpressId : null;
    const place = { commentId, postId, parentId, source: { ...source, id: withWordPressId(id, wordpressId) } };
    if (kind === 'placeholder') return new ImportPlaceholder(place, meta);
    const { body, author, held, keepsPlace } = comment;
    const language = toldLanguage(body, languagesAround(this.run.locales, locale)) ?? undefined;
    return new ImportComment({ ...place, body, author, held, keepsPlace, ...(language && { language }) }, meta);
  }

  private refused(error: unknown, place: SourcePlace, kind: 'posts' | 'comments'): void {
    if (!(error instanceof DomainError) || error.code === 'storage_unavailable') throw error;
    leaveOutOf(this.report, kind, REFUSED, place);
    addWarning(this.report, `refused: ${error.detail}`, place);
  }
}

function leaveOutOf(
  report: ImportReport,
  kind: 'posts' | 'comments',
  why: ImportReason,
  { line, column }: SourcePlace,
): void {
  skip(report[kind].skipped, why);
  addPlaces(report.leftOutAt[kind], why, [{ line, column }]);
}

/** Its place alone, without author and words, for the answers to it. */
function placeOf({ place, sourceId, commentId, parentId, at }: ThreadedComment): Placeholder {
  return { kind: 'placeholder', place, sourceId, commentId, parentId, at };
}

function weightOf(comment: ThreadedComment | Placeholder): number {
  return Math.max(LEAST_WEIGHT, comment.kind === 'comment' ? comment.body.length : 0);
}
