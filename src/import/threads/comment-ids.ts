import { hash } from 'node:crypto';
import type { ScratchMap } from '../../../libs/scratch/index.ts';
import type { SourceComment } from '../source/source-comment.ts';
import type { CommentContext } from './comments.ts';

/** The ids of comments seen so far in a file: each comment needs one of its own, also where a broken export repeats one. */
export class CommentIds {
  /** By id, as a number where it is one, a hash of what the comment says. */
  private readonly seen: ScratchMap;

  constructor(seen: ScratchMap) {
    this.seen = seen;
  }

  /**
   * The comment's id, or another one where its own belongs to another comment; null when it is that very comment again.
   */
  distinct(id: string, comment: SourceComment, { post, warn }: CommentContext): string | null {
    const content = contentHash(comment, post.source.id);
    const key = compact(id);
    if (this.seen.add(key, content)) return id;
    const other = `${id}-${content}`;
    if (this.seen.get(key) === content || !this.seen.add(other, content)) return null;
    warn(`the comment id ${id} is used twice; this comment got an id from its content`, comment.place);
    return other;
  }
}

function compact(id: string): string | number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}

/** Part of the id that a comment gets where its own is taken. */
function contentHash({ answers, said }: SourceComment, post: string): string {
  return hash('sha256', JSON.stringify([post, answers, ...said]), 'hex')
    .slice(0, 12)
    .replace(/^0+(?=.)/, '');
}
