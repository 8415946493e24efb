import { join } from 'node:path';
import { CSV_MARK, csvRow } from '../../../libs/kernel/index.ts';
import { BesideFolder } from '../export/beside-folder.ts';
import { DraftFile } from '../export/draft-file.ts';
import type {
  ExportRun,
  OpenForum,
  PublicComment,
  PublicCounts,
  PublicForum,
  PublicPost,
  PublicTranslation,
} from './public-forum.ts';

type Cell = string | number | null;
type Columns<Row> = Readonly<Record<string, (row: Row, site: PublicForum['site']) => Cell>>;

/** What stands in posts.csv, in its order. */
const POST_COLUMNS: Columns<PublicPost> = {
  id: ({ id }) => id,
  address: (post, { url }) => post.url ?? `${url}/posts/${encodeURIComponent(post.slug)}`,
  kind: ({ kind }) => kind,
  title: ({ title }) => title,
  author: ({ author }) => author?.displayName ?? null,
  handle: ({ author }) => author?.handle ?? null,
  published_at: ({ publishedAt }) => publishedAt,
  edited_at: ({ editedAt }) => editedAt,
  language: ({ locale }) => locale,
  tags: ({ tags }) => tags.join('; '),
  comments: ({ commentCount }) => commentCount,
  excerpt: ({ excerpt }) => excerpt,
  text: ({ body }) => body,
};

/** What stands in comments.csv, in its order. */
const COMMENT_COLUMNS: Columns<PublicComment & { readonly post: PublicPost }> = {
  id: ({ id }) => id,
  post_id: ({ post }) => post.id,
  parent_id: ({ parentId }) => parentId,
  depth: ({ depth }) => depth,
  status: ({ said }) => (said === null ? 'removed' : 'visible'),
  author: ({ said }) => said?.author?.displayName ?? null,
  handle: ({ said }) => said?.author?.handle ?? null,
  created_at: ({ createdAt }) => createdAt,
  edited_at: ({ editedAt }) => editedAt,
  address: ({ id, post }, { url }) => `${url}/posts/${encodeURIComponent(post.slug)}#comment-${id}`,
  text: ({ said }) => said?.body ?? null,
};

interface TranslationRow extends PublicTranslation {
  readonly postId: string;
  /** Null for a translation of the post itself. */
  readonly commentId: string | null;
}

/** What stands in translations.csv, in its order. */
const TRANSLATION_COLUMNS: Columns<TranslationRow> = {
  id: ({ id }) => id,
  post_id: ({ postId }) => postId,
  comment_id: ({ commentId }) => commentId,
  language: ({ language }) => language,
  by: ({ by }) => by?.displayName ?? null,
  handle: ({ by }) => by?.handle ?? null,
  written_at: ({ writtenAt }) => writtenAt,
  source_revision: ({ sourceRevision }) => sourceRevision,
  status: ({ isStale }) => (isStale ? 'stale' : 'current'),
  title: ({ title }) => title,
  text: ({ body }) => body,
};

const READABLE = 0o600;

/**
 * Writes posts.csv, comments.csv and translations.csv into a new folder, all or none. Throws ExportRefused, the signal's reason, and
 * the system's error.
 */
export async function exportCsv(folder: string, open: OpenForum, run: ExportRun): Promise<PublicCounts> {
  const beside = await BesideFolder.create(folder);
  try {
    const exported = await write(beside.draft, await open(), run);
    await beside.place();
    return exported;
  } finally {
    await beside.discard();
  }
}

async function write(folder: string, forum: PublicForum, { onProgress, signal }: ExportRun): Promise<PublicCounts> {
  const tables = await Tables.begin(folder, forum);
  try {
    const done = { posts: 0, comments: 0, places: 0 };
    for await (const post of forum.posts()) {
      await tables.post(post);
      done.posts += 1;
      for await (const comment of forum.comments(post.id)) {
        await tables.comment(comment, post);
        done[comment.said === null ? 'places' : 'comments'] += 1;
        onProgress(done.posts, done.comments);
        signal.throwIfAborted();
      }
    }
    await tables.end();
    return done;
  } finally {
    await tables.close();
  }
}

/** The files, each text with its translations. */
class Tables {
  readonly #forum: PublicForum;
  readonly #posts: Table<PublicPost>;
  readonly #comments: Table<PublicComment & { readonly post: PublicPost }>;
  readonly #translations: Table<TranslationRow>;

  private constructor(
    forum: PublicForum,
    tables: readonly [Table<PublicPost>, Table<PublicComment & { readonly post: PublicPost }>, Table<TranslationRow>],
  ) {
    this.#forum = forum;
    [this.#posts, this.#comments, this.#translations] = tables;
  }

  static async begin(folder: string, forum: PublicForum): Promise<Tables> {
    return new Tables(forum, [
      await Table.begin(join(folder, 'posts.csv'), POST_COLUMNS, forum),
      await Table.begin(join(folder, 'comments.csv'), COMMENT_COLUMNS, forum),
      await Table.begin(join(folder, 'translations.csv'), TRANSLATION_COLUMNS, forum),
    ]);
  }

  async post(post: PublicPost): Promise<void> {
    await this.#posts.add(post);
    for (const one of await this.#forum.translations({ kind: 'post', id: post.id }))
      await this.#translations.add({ ...one, postId: post.id, commentId: null });
  }

  async comment(comment: PublicComment, post: PublicPost): Promise<void> {
    await this.#comments.add({ ...comment, post });
    if (comment.said === null) return;
    for (const one of await this.#forum.translations({ kind: 'comment', id: comment.id }))
      await this.#translations.add({ ...one, postId: post.id, commentId: comment.id });
  }

  async end(): Promise<void> {
    for (const table of [this.#posts, this.#comments, this.#translations]) await table.end();
  }

  async close(): Promise<void> {
    for (const table of [this.#posts, this.#comments, this.#translations]) await table.close();
  }
}

class Table<Row> {
  readonly #file: DraftFile;
  readonly #columns: Columns<Row>;
  readonly #site: PublicForum['site'];

  private constructor(file: DraftFile, columns: Columns<Row>, { site }: PublicForum) {
    this.#file = file;
    this.#columns = columns;
    this.#site = site;
  }

  static async begin<Row>(file: string, columns: Columns<Row>, forum: PublicForum): Promise<Table<Row>> {
    const table = new Table(await DraftFile.create(file, READABLE), columns, forum);
    await table.#file.write(Buffer.from(CSV_MARK + csvRow(Object.keys(columns))));
    return table;
  }

  add(row: Row): Promise<void> {
    const cells = Object.values(this.#columns).map((column) => column(row, this.#site));
    return this.#file.write(Buffer.from(csvRow(cells)));
  }

  end(): Promise<void> {
    return this.#file.finish();
  }

  close(): Promise<void> {
    return this.#file.end();
  }
}
