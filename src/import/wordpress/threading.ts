import { createHash } from 'node:crypto';
import { type CommentContext, commentIdOf, fateOf, type ImportedComment, parentIdOf, toComment } from './comments.ts';
import { countIn } from './report.ts';
import type { WxrComment } from './wxr.ts';

/** A comment with its place in the tree settled. */
export interface ThreadedComment extends ImportedComment {
  readonly parentId: string | null;
}

/** An item's comments, settled. */
export interface Thread {
  /** By depth: the top-level comments first, then their answers, so that each parent comes before its answers. */
  readonly levels: readonly (readonly ThreadedComment[])[];
  readonly pingbacks: number;
  /** Why comments were left out, and how many. */
  readonly skipped: ReadonlyMap<string, number>;
}

/**
 * One item's comments as a tree. An answer to a comment that is left out (spam, a pingback) goes to the nearest one
 * above it that is brought; where there is none, where the parent is not in the item, or in a circle, it stands at the top.
 */
export function threadOf(comments: readonly WxrComment[], context: CommentContext, ids: CommentIds): Thread {
  const skipped = new Map<string, number>();
  const brought = new Map<string, ImportedComment>();
  const above = new Map<string, string | null>();
  let pingbacks = 0;
  for (const comment of comments) {
    const fate = fateOf(comment);
    const id = comment.fields.get('wp:comment_id') ?? '';
    const imported = fate.kind === 'brought' ? toComment(comment, fate.held, context) : null;
    if (id !== '' && !above.has(id)) above.set(id, parentIdOf(comment));
    if (fate.kind === 'pingback') pingbacks += 1;
    else if (imported === null) countIn(skipped, fate.kind === 'skipped' ? fate.why : 'empty');
    else {
      const own = ids.distinct(imported, context);
      if (own === null) countIn(skipped, 'twice in the file');
      else brought.set(own.sourceId, own);
    }
  }
  return { levels: inLevels(brought, above, context), pingbacks, skipped };
}

/** WordPress' ids seen so far in a file: each comment needs one of its own, also where a broken export repeats one. */
export class CommentIds {
  /** By id, as a number where it is one (a file may have a million), a hash of what the comment says. */
  private readonly seen = new Map<string | number, number>();

  /** The comment, under another id where its own is another comment's; null when it is that very comment again. */
  distinct(comment: ImportedComment, { post, warn }: CommentContext): ImportedComment | null {
    const content = contentHash(comment, post.source.id);
    const key = compact(comment.sourceId);
    const first = this.seen.get(key);
    if (first === undefined) this.seen.set(key, content);
    if (first === undefined) return comment;
    const sourceId = `${comment.sourceId}-${content.toString(16)}`;
    if (first === content || this.seen.has(sourceId)) return null;
    this.seen.set(sourceId, content);
    warn(`the comment id ${comment.sourceId} is used twice; this comment got an id from its content`, comment.place);
    return { ...comment, sourceId, commentId: commentIdOf(post, sourceId) };
  }
}

function compact(id: string): string | number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}

function contentHash({ answers, body, author, at }: ImportedComment, post: string): number {
  const text = JSON.stringify([post, answers, body, author.displayName, at]);
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

type Brought = ReadonlyMap<string, ImportedComment>;

function inLevels(
  brought: Brought,
  above: ReadonlyMap<string, string | null>,
  { warn }: CommentContext,
): readonly (readonly ThreadedComment[])[] {
  const parents = new Map<string, string | null>();
  for (const comment of brought.values()) {
    const { parent, fault } = nearestBrought(comment, brought, above);
    if (fault !== null) warn(fault, comment.place);
    parents.set(comment.sourceId, parent);
  }
  const levels: ThreadedComment[][] = [];
  for (const [id, depth] of depthsOf(parents, (id) => warnOfCircle(brought.get(id), warn))) {
    const comment = brought.get(id);
    if (comment === undefined) continue;
    const level = levels[depth] ?? [];
    levels[depth] = level;
    level.push({ ...comment, parentId: brought.get(parents.get(id) ?? '')?.commentId ?? null });
  }
  return levels;
}

function warnOfCircle(comment: ImportedComment | undefined, warn: CommentContext['warn']): void {
  if (comment !== undefined) warn('the comment answers itself in a circle; put at the top', comment.place);
}

interface Above {
  readonly parent: string | null;
  readonly fault: string | null;
}

function nearestBrought(comment: ImportedComment, brought: Brought, above: ReadonlyMap<string, string | null>): Above {
  const passed = new Set<string>();
  for (let at = comment.answers; at !== null; at = above.get(at) ?? null) {
    if (brought.has(at)) return { parent: at, fault: null };
    if (!above.has(at))
      return { parent: null, fault: `the comment answers ${at}, which is not under this post; put at the top` };
    if (passed.has(at)) return { parent: null, fault: 'the comment answers itself in a circle; put at the top' };
    passed.add(at);
  }
  return { parent: null, fault: null };
}

/** Depth by id; circles are opened at one of their members, which `parents` then has at the top. */
function depthsOf(parents: Map<string, string | null>, onCircle: (id: string) => void): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const id of parents.keys()) {
    const path = new Set<string>();
    let at: string | null = id;
    while (at !== null && !depths.has(at)) {
      if (path.has(at)) {
        parents.set(at, null);
        onCircle(at);
        path.clear();
        at = id;
      }
      path.add(at);
      at = parents.get(at) ?? null;
    }
    const top = at === null ? 0 : (depths.get(at) ?? 0) + 1;
    for (const [index, below] of [...path].reverse().entries()) depths.set(below, top + index);
  }
  return depths;
}
