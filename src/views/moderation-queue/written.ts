import { LRUCache } from 'lru-cache';
import { Slices } from '../../../libs/kernel/index.ts';
import { type Projected, statement, type Views } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import { moment } from '../moment.ts';
import type { CommentTexts } from '../thread/door/comment-texts.ts';
import { authorOfComment, type NewestText, newestTextsOf } from '../thread/door/newest-texts.ts';
import { threadChangesTold } from '../thread/thread.query-types.ts';
import { type Earlier, KnownAuthor, type KnownComment, MOST_EARLIER } from './known-author.ts';
import { queueChanges } from './queue.query-types.ts';

/** The author's earlier comments, as the policy's rules ask for them. */
export interface WrittenRecord {
  readonly visibleComments: number;
  /** Newest first. */
  readonly earlier: readonly Earlier[];
}

type Cores = readonly (string | null)[];
/** By the comment's id. */
type DecisionsMade = ReadonlyMap<string, 'kept' | 'turned-down'>;

/** Characters of cores in memory: about 32 MiB, and 64 MiB where they are not in Latin script. */
const MOST_CHARACTERS = 32 * 1024 * 1024;

const decisions = statement<{ comment: Buffer; became: string }>(`
  SELECT comment, became FROM decision
  WHERE comment IN (SELECT unhex(value) FROM json_each(?)) AND undone = 0 AND undoes IS NULL ORDER BY n`);

/**
 * Authors' records, from the thread and the queue. A record that was read grows by the thread's messages, and is read
 * again when one of its comments was changed or decided on. The core of each text is made once.
 */
export class WrittenRecords {
  readonly #views: Pick<Views, 'db'>;
  readonly #texts: Pick<CommentTexts, 'body' | 'newBody'>;
  readonly #coreOf: (body: string) => string;
  readonly #authors = new LRUCache<string, KnownAuthor>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ characters }) => characters,
  });

  /** `coreOf` is the rule for which texts are the same. */
  constructor(
    views: Pick<Views, 'db' | 'onProjected'>,
    texts: Pick<CommentTexts, 'body' | 'newBody'>,
    coreOf: (body: string) => string,
  ) {
    this.#views = views;
    this.#texts = texts;
    this.#coreOf = coreOf;
    views.onProjected((projected) => this.#hear(projected));
  }

  async of(memberId: string): Promise<WrittenRecord> {
    const known = this.#authors.get(memberId);
    if (known && (await this.#isCurrent(memberId, known))) return known.record;
    const read = this.#read(memberId, known?.comments ?? []);
    if (read.opened !== null) await read.opened;
    return read.record;
  }

  /** False when it has to be read again. */
  async #isCurrent(memberId: string, author: KnownAuthor): Promise<boolean> {
    if (author.isStale) return false;
    if (author.opened !== null) await author.opened;
    if (author.grow((posted) => this.#newCore(posted))) this.#authors.set(memberId, author);
    return !author.isStale;
  }

  #read(memberId: string, before: readonly KnownComment[]): KnownAuthor {
    const { rows, visible } = newestTextsOf(this.#views, memberId, MOST_EARLIER);
    const decided = this.#decided(rows);
    const cores = this.#cores(rows, before);
    const comments =
      cores instanceof Promise
        ? cores.then((opened) => commentsOf(rows, opened, decided))
        : commentsOf(rows, cores, decided);
    const author = new KnownAuthor({ visible, newest: BigInt(rows[0]?.posted ?? '0'), comments });
    this.#authors.set(memberId, author);
    author.opened?.then(
      () => this.#authors.set(memberId, author),
      () => this.#authors.delete(memberId),
    );
    return author;
  }

  #decided(rows: readonly NewestText[]): DecisionsMade {
    const ids = JSON.stringify(rows.map(({ id }) => id.toString('hex')));
    const decided = new Map<string, 'kept' | 'turned-down'>();
    for (const { comment, became } of decisions(this.#views.db('moderation-queue')).all(ids)) {
      const id = idText(comment);
      if (became === 'held') decided.delete(id);
      else decided.set(id, became === 'visible' ? 'kept' : 'turned-down');
    }
    return decided;
  }

  /** Gives the cores in the order of the rows, synchronously when all were made before. */
  #cores(rows: readonly NewestText[], before: readonly KnownComment[]): Cores | Promise<Cores> {
    const known = new Map(before.map((comment) => [comment.posted, comment]));
    const slices = new Slices();
    const cores = rows.map((row) => {
      const same = known.get(row.posted);
      return same?.position === row.position ? same.earlier.core : this.#core(row, slices);
    });
    return cores.every(isOpened) ? cores : Promise.all(cores);
  }

  /** Many long texts together would hold up everybody else. */
  async #core(row: NewestText, slices: Slices): Promise<string | null> {
    const body = await this.#texts.body(row);
    return body === null ? null : slices.run(() => this.#coreOf(body));
  }

  #newCore(posted: string): string | null {
    const body = this.#texts.newBody(posted);
    return body === null ? null : this.#coreOf(body);
  }

  #hear(projected: readonly Projected[]): void {
    if (projected.some(({ renewed }) => renewed)) this.#authors.clear();
    for (const change of threadChangesTold(projected)) {
      if ('posted' in change) this.#authors.peek(change.authorId)?.posted(change);
      else if ('changedCommentId' in change) this.#changed(change.changedCommentId);
    }
    for (const { queuedCommentId } of queueChanges(projected)) this.#changed(queuedCommentId);
  }

  #changed(commentId: string): void {
    if (this.#authors.size === 0) return;
    const authorId = authorOfComment(this.#views, commentId);
    if (authorId !== null) this.#authors.peek(authorId)?.changed();
  }
}

function isOpened(core: string | null | Promise<string | null>): core is string | null {
  return !(core instanceof Promise);
}

function commentsOf(rows: readonly NewestText[], cores: Cores, decided: DecisionsMade): readonly KnownComment[] {
  return rows.map(({ id, posted, position, created_at }, at) => {
    const earlier = { at: moment(created_at), core: cores[at] ?? null, ruled: decided.get(idText(id)) ?? null };
    return { posted, position, earlier };
  });
}
