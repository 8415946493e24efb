import type { Database, Statement } from 'better-sqlite3';
import { REACTION_KINDS, type ReactionKind } from '../../domain/reaction/reaction.events.ts';

interface PostTally {
  comments: number;
  shown: number;
  visible: number;
}
interface CommentTally {
  replies: number;
  score: number;
  readonly reactions: Record<ReactionKind, number>;
}

/** Counts that change with nearly every event: added up in memory, and written once a batch for each row. */
export class Tallies {
  readonly #posts = new Map<number, PostTally>();
  readonly #authors = new Map<number, number>();
  readonly #comments = new Map<bigint, CommentTally>();
  readonly #addToPost: Statement<unknown[]>;
  readonly #addToAuthor: Statement<unknown[]>;
  readonly #addToComment: Statement<unknown[]>;

  constructor(db: Database) {
    this.#addToPost = db.prepare(
      'UPDATE post SET comments = comments + ?, shown = shown + ?, visible = visible + ? WHERE n = ?',
    );
    this.#addToAuthor = db.prepare('UPDATE author SET comments = comments + ? WHERE n = ?');
    const columns = ['replies', 'score', ...REACTION_KINDS.map((kind) => `r_${kind}`)];
    this.#addToComment = db.prepare(`
      INSERT INTO tally (n, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})
      ON CONFLICT (n) DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`);
  }

  post(post: number, by: Readonly<Partial<PostTally>>): void {
    let tally = this.#posts.get(post);
    if (!tally) this.#posts.set(post, (tally = { comments: 0, shown: 0, visible: 0 }));
    tally.comments += by.comments ?? 0;
    tally.shown += by.shown ?? 0;
    tally.visible += by.visible ?? 0;
  }

  author(author: number, comments: number): void {
    this.#authors.set(author, (this.#authors.get(author) ?? 0) + comments);
  }

  replies(comment: bigint, by: number): void {
    this.#comment(comment).replies += by;
  }

  reaction(comment: bigint, kind: ReactionKind, { by, score }: { readonly by: number; readonly score: number }): void {
    const tally = this.#comment(comment);
    tally.reactions[kind] += by;
    tally.score += score;
  }

  flush(): void {
    for (const [post, { comments, shown, visible }] of this.#posts) this.#addToPost.run(comments, shown, visible, post);
    for (const [author, comments] of this.#authors) this.#addToAuthor.run(comments, author);
    const inOrder = [...this.#comments].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [comment, { replies, score, reactions }] of inOrder) {
      this.#addToComment.run(comment, replies, score, ...REACTION_KINDS.map((kind) => reactions[kind]));
    }
    this.#posts.clear();
    this.#authors.clear();
    this.#comments.clear();
  }

  #comment(comment: bigint): CommentTally {
    const known = this.#comments.get(comment);
    if (known) return known;
    const reactions = { like: 0, thanks: 0, agree: 0, disagree: 0, insightful: 0, funny: 0, sad: 0 };
    const tally = { replies: 0, score: 0, reactions };
    this.#comments.set(comment, tally);
    return tally;
  }
}
