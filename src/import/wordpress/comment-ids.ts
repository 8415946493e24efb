import { hash } from 'node:crypto';
import type { ScratchMap } from '../../../libs/scratch/index.ts';
import { type CommentContext, parentIdOf } from './comments.ts';
import type { WxrComment } from './wxr.ts';

/** WordPress' ids seen so far in a file: each comment needs one of its own, also where a broken export repeats one. */
export class CommentIds {
  /** By id, as a number where it is one, a hash of what the comment says. */
  private readonly seen: ScratchMap;

  constructor(seen: ScratchMap) {
    this.seen = seen;
  }

  /**
   * The comment's id, or another one where its own belongs to another comment; null when it is that very comment again.
   */
  distinct(id: string, comment: WxrComment, { post, warn }: CommentContext): string | null {
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
function contentHash(comment: WxrComment, post: string): string {
  const { fields } = comment;
  const said = ['wp:comment_content', 'wp:comment_author', 'wp:comment_date_gmt', 'wp:comment_date'];
  const text = JSON.stringify([post, parentIdOf(comment), ...said.map((name) => fields.get(name) ?? '')]);
  return hash('sha256', text, 'hex')
    .slice(0, 12)
    .replace(/^0+(?=.)/, '');
}
