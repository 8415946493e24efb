import { type ThreadPageInfo, useThread } from './context.ts';

/**
 * Tells the server for whom a form was drawn, and in which frame it stands, so that its answer comes there. Nobody's says so in
 * frames alone, empty: on the forum's own pages it is that of whoever has signed in since.
 */
export function FrameField() {
  const { post, viewer } = useThread().page;
  const isFramed = post.frame !== undefined;
  return (
    <>
      {isFramed && <input type="hidden" name="frame" value={post.frame} />}
      {(isFramed || viewer) && <input type="hidden" name="as" value={viewer?.memberId ?? ''} />}
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
