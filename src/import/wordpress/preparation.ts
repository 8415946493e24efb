import type { Scratch, ScratchMap } from '../../../libs/scratch/index.ts';
import type { ImportReason } from '../../../libs/words/index.ts';
import type { ReadingTask } from '../reading/reading.ts';
import { leaveOut, nothingFound, skip } from '../recording/report.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { SourcePlace } from '../source/source.ts';
import { CommentIds } from '../threads/comment-ids.ts';
import { type SourceThread, sourceThreadOf } from '../threads/threading.ts';
import { isDiscussed } from './comment-fate.ts';
import { BlogClock } from './dates.ts';
import { type PostContext, toPost, withSourceId } from './posts.ts';
import { siteAddress, sourceIdOf } from './site.ts';
import { reasonToSkip } from './wanted.ts';
import { WordPressComments } from './wordpress-comments.ts';
import type { WxrItem } from './wxr.ts';
import type { WxrRead } from './wxr-reader.ts';

/** One post with its discussion, in the forum's words. */
export interface PreparedItem {
  readonly place: SourcePlace;
  readonly post: ImportedPost;
  readonly thread: SourceThread;
  /** When the source changed it last; null when it does not say. */
  readonly modifiedAt: string | null;
}

/** Turns items into the forum's words, in the order of the file, and counts what is left out. */
export class Preparation {
  readonly found = nothingFound();
  private readonly task: ReadingTask;
  private readonly context: PostContext;
  private readonly commentIds: CommentIds;
  /** Of posts, by id. */
  private readonly titles: ScratchMap;

  constructor(
    task: ReadingTask,
    { survey, warn, scratch }: Pick<PostContext, 'survey' | 'warn'> & { scratch: Scratch },
  ) {
    this.task = task;
    this.commentIds = new CommentIds(scratch.map());
    this.titles = scratch.map();
    this.context = {
      clock: new BlogClock(),
      survey,
      warn,
      onShortcode: (name) => skip(this.found.shortcodes, name),
    };
  }

  /** Undefined for an item that is left out. */
  of({ site, item }: WxrRead): PreparedItem | undefined {
    const { found, task } = this;
    found.site ??= siteAddress(site, item);
    const why = reasonToSkip(item, { pages: task.pages || isDiscussed(item), types: task.types });
    if (why !== null) {
      this.leaveOut(item, why);
      return undefined;
    }
    const { clock, warn, survey } = this.context;
    if (!item.fields.has('wp:post_type')) warn('the item has no wp:post_type; taken as a post', item.place);
    const post = this.dated(this.distinct(toPost(item, site, this.context), item), item);
    const { source, publishAt } = post;
    const baseUrl = URL.canParse(source.site) ? source.site : null;
    const context = { post: { source, publishAt }, baseUrl, warn, rewrite: survey.rewrite, now: task.now };
    const thread = sourceThreadOf(new WordPressComments(item.comments, clock), context, this.commentIds);
    found.pingbacks += thread.pingbacks;
    for (const [reason, left] of thread.skipped) leaveOut(found, 'comments', reason, left);
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
    this.context.warn(`"${post.title}" does not say when it was published; ${taken} was taken`, item.place);
    return { ...post, publishAt: first };
  }

  private leaveOut(item: WxrItem, why: ImportReason): void {
    const { place, comments } = item;
    leaveOut(this.found, 'posts', why, { count: 1, places: [place] });
    comments.close();
    if (comments.length > 0)
      leaveOut(this.found, 'comments', `under an item that was left out: ${why}`, {
        count: comments.length,
        places: [place],
      });
  }

  /** Two items with one id are one post when they say the same; else the second gets an id from its title. */
  private distinct(post: ImportedPost, item: WxrItem): ImportedPost {
    if (this.titles.add(post.postId, post.title) || this.titles.get(post.postId) === post.title) return post;
    const { id, certain } = sourceIdOf(item);
    if (certain)
      this.context.warn(`the post id ${id} is used twice; "${post.title}" got an id from its title`, item.place);
    return withSourceId(post, `${id}-${post.title}`);
  }
}
