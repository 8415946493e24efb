import type { Database, Statement } from 'better-sqlite3';
import { inUnicode } from '../../../libs/burmese/index.ts';
import { indexedName, keptWords } from '../../../libs/search/index.ts';
import { openedPartOf } from '../../../libs/vault/index.ts';
import { standingAfter } from '../../domain/comment/comment.events.ts';
import { idBytes, idText } from '../ids.ts';
import { Numbers } from '../numbers.ts';
import { objectIn, openedTextIn } from '../rows.ts';
import type { StoredOf } from '../stored.ts';
import type { Taken } from './clean-file.ts';
import { type Entry, type SearchItem, searchEntryOf } from './entry-words.ts';
import { ItemNumbers } from './item-numbers.ts';
import { MemberNames } from './member-names.ts';
import { packed, unpacked } from './packed-words.ts';
import { plainWords } from './plain-words.ts';
import { joinedPost, partedPost } from './post-words.ts';
import { KIND, SEARCH_ITEMS } from './search.schema.ts';

type Standing = StoredOf<
  | 'CommentHeld.v2'
  | 'CommentRemoved.v1'
  | 'CommentErased.v1'
  | 'CommentRestored.v1'
  | 'CommentJudged.v1'
  | 'CommentDecided.v1'
>;

/** Posts and authors whose numbers are remembered, each. */
const MOST_NUMBERS = 2_000;

interface IndexOfItems {
  add(n: bigint, entry: Entry): void;
  remove(n: bigint, entry: Entry): void;
}

/** Folds events into items, and keeps what is to be found in the index. */
export class SearchProjection {
  readonly #numbers: ItemNumbers;
  readonly #names: MemberNames;
  readonly #posts: Numbers;
  readonly #authors: Numbers;
  readonly #index: IndexOfItems;
  readonly #add: Statement<unknown[]>;
  readonly #find: Statement<unknown[], SearchItem>;
  readonly #change: Statement<unknown[]>;
  readonly #move: Statement<unknown[]>;
  readonly #withdraw: Statement<unknown[]>;
  readonly #tag: Statement<unknown[]>;
  readonly #untag: Statement<unknown[]>;
  #taken: Taken = 'nothing';

  constructor(db: Database, index: IndexOfItems) {
    this.#numbers = new ItemNumbers(db);
    this.#names = new MemberNames(db);
    this.#posts = new Numbers(db, 'post', MOST_NUMBERS);
    this.#authors = new Numbers(db, 'author', MOST_NUMBERS);
    this.#index = index;
    this.#add = db.prepare(`
      INSERT INTO item (n, id, kind, post, author, shown, title, body, names)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#find = db.prepare<unknown[], SearchItem>(`${SEARCH_ITEMS} WHERE i.id = ?`).safeIntegers();
    this.#change = db.prepare(`
      UPDATE item SET author = @author, shown = @shown, title = @title, body = @body, names = @names WHERE n = @n`);
    this.#move = db.prepare('UPDATE post SET publish_at = ? WHERE n = ?');
    this.#withdraw = db.prepare('UPDATE post SET withdrawn = ? WHERE n = ?');
    this.#tag = db.prepare('INSERT OR IGNORE INTO post_tag (post, tag) VALUES (?, ?)');
    this.#untag = db.prepare('DELETE FROM post_tag WHERE post = ?');
  }

  /** What was taken out since it was last asked: its bytes may stand in the file. */
  takeTaken(): Taken {
    const taken = this.#taken;
    this.#taken = 'nothing';
    return taken;
  }

  postPublished({ data }: StoredOf<'PostPublished.v1'>): void {
    const id = idBytes(data.postId);
    const publishAt = Date.parse(data.publishAt);
    const post = this.#posts.of(data.postId);
    this.#move.run(publishAt, post);
    for (const tag of data.tags) this.#tag.run(post, tag.toLowerCase());
    const item = {
      n: this.#numbers.next(publishAt),
      id,
      kind: BigInt(KIND.post),
      post: id,
      author: data.authorId === null ? null : idBytes(data.authorId),
      shown: 1n,
      title: titleWords(data.title),
      names: data.byline === null ? '' : indexedName(data.byline),
    };
    this.#insert(item, joinedPost({ excerpt: excerptWords(data.excerpt), body: bodyWords(data.body) }));
  }

  postEdited({ data }: StoredOf<'PostEdited.v1'>): void {
    const post = this.#posts.of(data.postId);
    if (data.publishAt !== undefined) this.#move.run(Date.parse(data.publishAt), post);
    if (data.tags !== undefined) {
      this.#untag.run(post);
      for (const tag of data.tags) this.#tag.run(post, tag.toLowerCase());
    }
    if (data.title === undefined && data.body === undefined && data.excerpt === undefined) return;
    this.#replace(idBytes(data.postId), (item) => ({
      title: data.title === undefined ? item.title : titleWords(data.title),
      body: editedBody(item, data),
    }));
  }

  postStands({ type, data }: StoredOf<'PostWithdrawn.v1' | 'PostBroughtBack.v1'>): void {
    this.#withdraw.run(type === 'PostWithdrawn.v1' ? 1 : 0, this.#posts.of(data.postId));
  }

  commentPosted(event: StoredOf<'CommentPosted.v1'>): void {
    const { commentId, postId, authorId } = event.data;
    const part = openedPartOf(event);
    const author = part && objectIn(part, 'author');
    const item = {
      n: this.#numbers.next(Date.parse(event.occurredAt)),
      id: idBytes(commentId),
      kind: BigInt(KIND.comment),
      post: idBytes(postId),
      author: authorId === null ? null : idBytes(authorId),
      shown: 1n,
      title: '',
      names: indexedName((author && openedTextIn(author, 'displayName')) ?? ''),
    };
    this.#insert(item, bodyIn(part));
  }

  commentEdited(event: StoredOf<'CommentEdited.v1'>): void {
    const words = bodyIn(openedPartOf(event));
    const body = words === null ? null : packed(words);
    this.#replace(idBytes(event.data.commentId), () => ({ body }));
  }

  /** From now on the member's name counts alone. */
  commentClaimed({ data }: StoredOf<'CommentClaimed.v1'>): void {
    this.#replace(idBytes(data.commentId), () => ({ author: idBytes(data.memberId), names: '' }));
  }

  commentStands(event: Standing): void {
    const standing = standingAfter(event);
    if (standing === null) return;
    const shown = standing.status === 'visible' ? 1n : 0n;
    const gone = standing.status === 'erased' ? { body: null, names: '', author: null } : {};
    this.#replace(idBytes(event.data.commentId), () => ({ shown, ...gone }));
  }

  memberNamed(event: StoredOf<'MemberRegistered.v2' | 'MemberRenamed.v1'>): void {
    this.#take(this.#names.named(event));
  }

  memberErased(event: StoredOf<'MemberErased.v1'>): void {
    this.#take(this.#names.erased(event));
  }

  /** Without words it is there and not found. */
  #insert(item: Omit<SearchItem, 'body'>, words: string | null): void {
    const whole = { ...item, body: words === null ? null : packed(words) };
    const { n, id, kind, post, author, shown, title, body, names } = this.#row(whole);
    // By their places: SQLite's client makes a text of each name whenever it binds one.
    this.#add.run(n, id, kind, post, author, shown, title, body, names);
    if (words !== null) this.#index.add(item.n, searchEntryOf(whole, words));
  }

  #replace(id: Buffer, change: (item: SearchItem) => Partial<SearchItem>): void {
    const before = this.#find.get(id);
    if (!before) throw new Error(`there is no item ${id.toString('hex')}`);
    const after = { ...before, ...change(before) };
    const [was, is] = [isFound(before), isFound(after)];
    const isSameText = sameBytes(before.body, after.body);
    const isOther = was !== is || !isSameText || searchEntryOf(before).words !== searchEntryOf(after).words;
    if (was && isOther) this.#index.remove(before.n, searchEntryOf(before));
    this.#change.run(this.#row(after));
    if (is && isOther) this.#index.add(after.n, searchEntryOf(after));
    if (before.body !== null && after.body === null) this.#take('erased words');
    else if (isOther || !isSameText) this.#take('words');
  }

  /** As the table has it. */
  #row(item: SearchItem) {
    const author = item.author === null ? null : this.#authors.of(idText(item.author));
    return { ...item, post: this.#posts.of(idText(item.post)), author };
  }

  #take(taken: Taken): void {
    if (taken === 'erased words' || this.#taken === 'nothing') this.#taken = taken;
  }
}

function isFound({ shown, body }: SearchItem): boolean {
  return shown === 1n && body !== null;
}

/** The packed words of a post after an edit of its text, or of its excerpt. */
function editedBody(
  { body: before }: SearchItem,
  { body, excerpt }: Pick<StoredOf<'PostEdited.v1'>['data'], 'body' | 'excerpt'>,
): Buffer | null {
  if (before === null || (body === undefined && excerpt === undefined)) return before;
  const words = partedPost(unpacked(before));
  return packed(
    joinedPost({
      excerpt: excerpt === undefined ? words.excerpt : excerptWords(excerpt),
      body: body === undefined ? words.body : bodyWords(body),
    }),
  );
}

function sameBytes(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** The words of a sealed text; null when it is erased or cannot be read. */
function bodyIn(part: object | null): string | null {
  const body = part && openedTextIn(part, 'body');
  return body === null ? null : bodyWords(body);
}

/** Texts of before stay in the log in Zawgyi; what is looked for is in Unicode. */
function titleWords(title: string): string {
  return keptWords(inUnicode(title));
}

function excerptWords(excerpt: string | null): string {
  return excerpt === null ? '' : bodyWords(excerpt);
}

function bodyWords(markdown: string): string {
  return keptWords(plainWords(inUnicode(markdown)));
}
