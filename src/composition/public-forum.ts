import type { Author, Comment } from '../../libs/client/index.ts';
import { renderExcerpt, renderPost } from '../../libs/markdown/index.ts';
import { PublicAddress } from '../access/public-address.ts';
import type { Config } from '../config.ts';
import type {
  PublicAuthor,
  PublicComment,
  PublicForum,
  PublicPost,
  PublicSite,
  PublicTranslation,
} from '../keeping/public-export/public-forum.ts';
import { idBytes, idText } from '../views/ids.ts';
import { numberOfImage } from '../views/images/image-number.ts';
import { MemberDirectory } from '../views/members/door/member-directory.ts';
import { moment } from '../views/moment.ts';
import type { PostListRow } from '../views/post-list/post-list.reads.ts';
import { tagsInRow } from '../views/post-list/present-post.ts';
import { countPublicPosts, publicPosts, writersOfPublicPosts } from '../views/post-list/public-posts.ts';
import { SiteMemory } from '../views/site/door/site-memory.ts';
import { CommentPresenter } from '../views/thread/door/comment-presenter.ts';
import { CommentTexts } from '../views/thread/door/comment-texts.ts';
import { commentsUnder } from '../views/thread/door/counts.ts';
import type { LogOfTexts } from '../views/thread/door/texts-history.ts';
import {
  countPublicTrees,
  numberOfComment,
  parentNumber,
  publicTree,
  TREE_START,
} from '../views/thread/public-tree.ts';
import type { CommentRow } from '../views/thread/thread.reads.ts';
import { SameWords } from '../views/translations/door/same-words-history.ts';
import { translationsOf } from '../views/translations/translations.queries.ts';
import type { TranslatedText } from '../views/translations/translations.query-types.ts';
import { fixedSettings } from './fixed-settings.ts';
import { openLogReader } from './log-reader.ts';
import { closeAll } from './opened-log.ts';
import { type ReplayedViews, type ReplayRun, replayedViews } from './replayed-views.ts';

const VIEWS_READ = ['post-list', 'thread', 'members', 'site', 'images', 'translations'];
/** Beside what people wrote themselves no translation is told; who wants them asks for them. */
const NO_TRANSLATIONS = { of: async () => new Map() };
/** Read at once: a post may be a book. */
const POSTS_AT_ONCE = 8;
const COMMENTS_AT_ONCE = 256;

/**
 * The forum as everybody can read it now. Its views are built anew, so that all of it is of one position, and a server
 * that runs beside it is not asked for anything. Throws ExportRefused, StoreUnavailable, and the signal's reason.
 */
export async function openPublicForum(
  config: Config,
  run: ReplayRun,
): Promise<PublicForum & { close(): Promise<void> }> {
  const replayed = await replayedViews(config, VIEWS_READ, run);
  const closing: { close(): Promise<void> }[] = [replayed];
  try {
    const log = await openLogReader(config);
    closing.unshift(log);
    const forum = new ReplayedForum(config, replayed, { log, sameWords: new SameWords(log, replayed.vault) });
    return Object.assign(forum, { close: () => closeAll(closing) });
  } catch (error) {
    await closeAll(closing).catch(() => undefined);
    throw error;
  }
}

class ReplayedForum implements PublicForum {
  readonly site: PublicSite;
  readonly now = new Date().toISOString();
  readonly counts: PublicForum['counts'];
  readonly #views: ReplayedViews['views'];
  readonly #vault: ReplayedViews['vault'];
  readonly #members: MemberDirectory;
  readonly #comments: CommentPresenter;
  readonly #sameWords: Pick<SameWords, 'of'>;
  readonly #at = Date.parse(this.now);

  constructor(
    config: Config,
    { views, vault }: ReplayedViews,
    { log, sameWords }: { readonly log: LogOfTexts; readonly sameWords: Pick<SameWords, 'of'> },
  ) {
    this.#views = views;
    this.#vault = vault;
    this.#sameWords = sameWords;
    this.#members = new MemberDirectory(views, vault);
    this.#comments = new CommentPresenter(new CommentTexts(vault, views, log), this.#members, NO_TRANSLATIONS);
    const { name, description, defaultLocale, timeZone } = new SiteMemory(views, vault, fixedSettings(config)).now();
    const url = new PublicAddress(config.publicUrl, config.host, config.port).origin;
    this.site = { url, name, description, locale: defaultLocale, timeZone };
    this.counts = {
      posts: countPublicPosts(views.db('post-list'), this.#at),
      comments: countPublicTrees(views.db('thread'), this.#at),
    };
  }

  async writers(): Promise<readonly PublicAuthor[]> {
    const rows = writersOfPublicPosts(this.#views.db('post-list'), this.#at);
    const authors = await Promise.all(rows.map((row) => this.#writerOf(row)));
    return authors.filter((author) => author !== null);
  }

  async *posts(): AsyncGenerator<PublicPost> {
    for (let after = 0; ; ) {
      const rows = publicPosts(this.#views.db('post-list'), { now: this.#at, after, limit: POSTS_AT_ONCE });
      for (const row of rows) yield await this.#post(row);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = Number(last.n);
    }
  }

  /** A place without words waits until a comment below it has some. */
  async *comments(postId: string): AsyncGenerator<PublicComment> {
    let waiting: readonly PublicComment[] = [];
    for await (const comment of this.#places(idBytes(postId))) {
      const above = waiting.slice(0, waiting.findLastIndex(({ depth }) => depth < comment.depth) + 1);
      if (comment.said === null) {
        waiting = [...above, comment];
        continue;
      }
      yield* above;
      yield comment;
      waiting = [];
    }
  }

  async translations(of: TranslatedText): Promise<readonly PublicTranslation[]> {
    // What is told here is the text as it was written.
    const [htmls, renderings] = [{ of: () => Promise.resolve('') }, { htmlOf: () => Promise.resolve('') }];
    const parts = {
      views: this.#views,
      vault: this.#vault,
      members: this.#members,
      htmls,
      renderings,
      sameWords: this.#sameWords,
    };
    const { items } = await translationsOf(
      { of, original: '', language: null, mostBytes: Number.POSITIVE_INFINITY },
      parts,
    );
    return items.map(({ id, language, by, writtenAt, sourceRevision, stale = false, title = null, body }) => {
      return { id, language, by: authorOf(by), writtenAt, sourceRevision, isStale: stale, title, body };
    });
  }

  commentNumber(commentId: string): string | null {
    return numberOfComment(this.#views.db('thread'), idBytes(commentId));
  }

  imageNumber(imageId: string): string | null {
    return numberOfImage(this.#views.db('images'), imageId);
  }

  async *#places(post: Buffer): AsyncGenerator<PublicComment> {
    for (let after: Buffer = TREE_START; ; ) {
      const rows = publicTree(this.#views.db('thread'), { post, after, limit: COMMENTS_AT_ONCE });
      const comments = await this.#comments.present(rows, { sees: 'reader' });
      for (const [at, row] of rows.entries()) {
        const comment = comments[at];
        if (comment) yield commentOf(row, comment);
      }
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.path;
    }
  }

  async #post(row: PostListRow): Promise<PublicPost> {
    return {
      number: String(row.n),
      id: idText(row.id),
      slug: row.slug,
      title: row.title,
      kind: row.kind,
      locale: row.locale,
      body: row.body,
      bodyHtml: renderPost(row.body),
      excerpt: row.excerpt,
      excerptHtml: row.excerpt === null ? null : renderExcerpt(row.excerpt),
      tags: tagsInRow(row.tags),
      author: await this.#writerOf(row),
      publishedAt: moment(row.publish_at),
      editedAt: row.edited_at === null ? null : moment(row.edited_at),
      isOpen: row.state === 'open',
      commentCount: commentsUnder(this.#views, row.id),
      url: row.url,
    };
  }

  async #writerOf({ author, byline }: Pick<PostListRow, 'author' | 'byline'>): Promise<PublicAuthor | null> {
    if (author) return authorOf(await this.#members.author(idText(author)));
    return byline === null ? null : { displayName: byline, handle: null, url: null };
  }
}

function commentOf(row: CommentRow, comment: Comment): PublicComment {
  const { id, parentId, depth, createdAt, editedAt, status, author, body, bodyHtml } = comment;
  const isRead = status === 'visible' && body !== null && bodyHtml !== null;
  const said = isRead ? { author: authorOf(author), body, bodyHtml } : null;
  return { number: row.posted, id, parentId, parentNumber: parentNumber(row), depth, createdAt, editedAt, said };
}

function authorOf(author: Author | null): PublicAuthor | null {
  if (author === null) return null;
  const handle = 'handle' in author ? author.handle : null;
  const url = 'url' in author ? (author.url ?? null) : null;
  return { displayName: author.displayName, handle, url };
}
