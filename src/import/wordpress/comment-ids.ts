import { createHash } from 'node:crypto';
import { type CommentContext, parentIdOf } from './comments.ts';
import type { WxrComment } from './wxr.ts';

/** WordPress' ids seen so far in a file: each comment needs one of its own, also where a broken export repeats one. */
export class CommentIds {
  /** By id, as a number where it is one (a file may have a million), a hash of what the comment says. */
  private readonly seen = new Map<string | number, number>();

  /** The id to take for the comment: another where its own is another comment's; null when it is that very comment again. */
  distinct(id: string, comment: WxrComment, { post, warn }: CommentContext): string | null {
    const content = contentHash(comment, post.source.id);
    const key = compact(id);
    const first = this.seen.get(key);
    if (first === undefined) {
      this.seen.set(key, content);
      return id;
    }
    const other = `${id}-${content.toString(16)}`;
    if (first === content || this.seen.has(other)) return null;
    this.seen.set(other, content);
    warn(`the comment id ${id} is used twice; this comment got an id from its content`, comment.place);
    return other;
  }
}

function compact(id: string): string | number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}

function contentHash(comment: WxrComment, post: string): number {
  const { fields } = comment;
  const said = ['wp:comment_content', 'wp:comment_author', 'wp:comment_date_gmt', 'wp:comment_date'];
  const text = JSON.stringify([post, parentIdOf(comment), ...said.map((name) => fields.get(name) ?? '')]);
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}
