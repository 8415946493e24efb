import { type ThreadPageInfo, useThread } from './context.ts';

/** Tells the server in which frame a form stands, so that its answer comes there. */
export function FrameField() {
  const { post } = useThread().page;
  return post.frame === undefined ? null : <input type="hidden" name="frame" value={post.frame} />;
}

/** Where a form of a thread is answered, and for whom it was drawn; nobody's says so in frames alone. */
export function formOf({ post, viewer }: Pick<ThreadPageInfo, 'post' | 'viewer'>): {
  readonly as: string | null;
  readonly target?: '_self';
} {
  return { as: viewer?.memberId ?? (post.frame === undefined ? null : ''), ...formTarget({ post }) };
}

/** A form of a thread is answered where it stands, also in a frame, from which other forms and links lead out. */
export function formTarget({ post }: Pick<ThreadPageInfo, 'post'>): { target?: '_self' } {
  return post.frame === undefined ? {} : { target: '_self' };
}

/** Where the form of a comment is sent. */
export function commentsAction({ post }: Pick<ThreadPageInfo, 'post'>): string {
  return post.frame === undefined ? `/posts/${encodeURIComponent(post.slug)}/comments` : '/embed/comments';
}
