import { seenInComment } from '../../libs/markdown/index.ts';
import type { CommentStatus } from '../../libs/words/index.ts';
import { coreOf } from '../domain/policy/core.ts';
import { type EarlierComment, type JudgedAuthor, RECORD_LENGTH } from '../domain/policy/subject.ts';

type Ruled = EarlierComment['ruled'];

/** A comment, its author, and the time since when it is theirs. */
interface Written {
  readonly commentId: string;
  readonly authorId: string;
  readonly at: string;
}

/** A comment as the rehearsal remembers it. */
export interface RehearsedComment extends Written {
  core: string | null;
  status: CommentStatus;
  ruled: Ruled;
  /** A text that was written while readers saw nothing of the comment, until a moderator decides on it. */
  unjudged: string | null;
}

interface Author {
  registeredAt: string | null;
  isConfirmed: boolean;
  visibleComments: number;
  /** Sanctions of pre-moderation, by id, with their ends. */
  readonly premoderated: Map<string, string | null>;
  /** Oldest first; those that no rule looks at any more are let go. */
  readonly written: RehearsedComment[];
}

/**
 * Every author's record, as it grows while the log is read: the record that the policy's rules would have seen at each
 * moment.
 */
export class Authors {
  readonly #authors = new Map<string, Author>();
  readonly #comments = new Map<string, RehearsedComment>();

  registered(memberId: string, at: string, isConfirmed: boolean): void {
    Object.assign(this.#of(memberId), { registeredAt: at, isConfirmed });
  }

  confirmed(memberId: string): void {
    this.#of(memberId).isConfirmed = true;
  }

  premoderated(memberId: string, sanctionId: string, until: string | null): void {
    this.#of(memberId).premoderated.set(sanctionId, until);
  }

  lifted(memberId: string, sanctionId: string): void {
    this.#of(memberId).premoderated.delete(sanctionId);
  }

  /** Before the comment itself is added. */
  recordOf(memberId: string, now: string): JudgedAuthor {
    const author = this.#of(memberId);
    const isPremoderated = [...author.premoderated.values()].some(
      (until) => until === null || Date.parse(until) > Date.parse(now),
    );
    const earlier = author.written.toReversed();
    return {
      registeredAt: author.registeredAt ?? now,
      visibleComments: author.visibleComments,
      isPremoderated,
      isConfirmed: author.isConfirmed,
      earlier,
    };
  }

  posted({ commentId, authorId, at }: Written, body: string | null): void {
    const author = this.#of(authorId);
    const core = body === null ? null : coreOf(body, seenInComment);
    const written: RehearsedComment = { commentId, authorId, at, core, status: 'visible', ruled: null, unjudged: null };
    author.written.push(written);
    author.visibleComments += 1;
    this.#comments.set(commentId, written);
    if (author.written.length <= RECORD_LENGTH) return;
    author.written.shift();
  }

  edited(commentId: string, body: string | null): void {
    const comment = this.#comments.get(commentId);
    if (!comment) return;
    comment.core = body === null ? null : coreOf(body, seenInComment);
    comment.unjudged = comment.status === 'visible' ? null : body;
  }

  /** `ruled` undefined leaves what was decided before. */
  became(commentId: string, status: CommentStatus, ruled?: Ruled): void {
    const comment = this.#comments.get(commentId);
    if (!comment) return;
    const visible = Number(status === 'visible') - Number(comment.status === 'visible');
    this.#of(comment.authorId).visibleComments += visible;
    comment.status = status;
    if (ruled !== undefined) comment.ruled = ruled;
  }

  of(commentId: string): RehearsedComment | undefined {
    return this.#comments.get(commentId);
  }

  #of(memberId: string): Author {
    const known = this.#authors.get(memberId);
    if (known) return known;
    const author: Author = {
      registeredAt: null,
      isConfirmed: true,
      visibleComments: 0,
      premoderated: new Map(),
      written: [],
    };
    this.#authors.set(memberId, author);
    return author;
  }
}
