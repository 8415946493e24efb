import { type ThreadPageInfo, useThread } from './context.ts';

/** Tells the server in which frame a form stands, so that its answer comes there, and for whom that was drawn; empty for nobody. */
export function FrameField() {
  const { post, viewer } = useThread().page;
  if (post.frame === undefined) return null;
  return (
    <>
      <input type="hidden" name="frame" value={post.frame} />
      <input type="hidden" name="as" value={viewer?.memberId ?? ''} />
    </>
  );
}

/** A form of a thread is answered where it stands, also in a frame, from which other forms and links lead out. */
export function formTarget({ post }: Pick<ThreadPageInfo, 'post'>): { target?: '_self' } {
  return post.frame === undefined ? {} : { target: '_self' };
}

/** Where the form of a comment is sent. */
export function commentsAction({ post }: Pick<ThreadPageInfo, 'post'>): string {
  return post.frame === undefined ? `/posts/${encodeURIComponent(post.slug)}/comments` : '/embed/comments';
}
