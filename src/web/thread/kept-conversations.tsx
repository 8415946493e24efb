import { render } from 'preact-render-to-string';
import type { CommentNode } from './parts/comment-node.ts';
import { type KeptProps, type ThreadContext, ThreadProvider } from './parts/context.ts';
import type { ShownComment } from './parts/shown-comment.ts';

/** The variants of one conversation: languages, and what kinds of members may do. */
const MOST_VARIANTS = 6;

/**
 * The HTML inside a conversation, by everything else that it depends on; it is deleted with the page of comments that
 * it was made from.
 */
const kept = new WeakMap<ShownComment, Map<string, string>>();
const variants = new WeakMap<ThreadContext, string>();

/**
 * A comment on the server with everything below it, rendered once for all members who see it the same: those who wrote
 * nothing in it, reacted to nothing in it and have no form open there.
 */
export function KeptConversation({ thread, element, node, children }: KeptProps) {
  if (!looksTheSame(node, thread)) return <li {...element}>{children}</li>;
  const ofComment = kept.get(node.comment) ?? new Map<string, string>();
  kept.set(node.comment, ofComment);
  const variant = variantOf(thread);
  const html =
    ofComment.get(variant) ?? render(<ThreadProvider value={{ ...thread, Kept: null }}>{children}</ThreadProvider>);
  if (!ofComment.has(variant)) keep(ofComment, variant, html);
  return <li {...element} dangerouslySetInnerHTML={{ __html: html }} />;
}

function keep(ofComment: Map<string, string>, variant: string, html: string): void {
  const [oldest] = ofComment.keys();
  if (ofComment.size >= MOST_VARIANTS && oldest !== undefined) ofComment.delete(oldest);
  ofComment.set(variant, html);
}

/** Everything that a conversation's rendering depends on, except the viewer. */
function variantOf(thread: ThreadContext): string {
  const known = variants.get(thread);
  if (known !== undefined) return known;
  const { page, discussion } = thread;
  const viewer = page.viewer && { roles: page.viewer.roles, stop: page.viewer.stop };
  const variant = JSON.stringify({ page: { ...page, viewer }, discussion, zone: thread.translator.timeZone });
  variants.set(thread, variant);
  return variant;
}

function looksTheSame({ comment, marks, answers }: CommentNode, thread: ThreadContext): boolean {
  const isOwn = comment.author !== null && comment.author.id === thread.page.viewer?.memberId;
  return !isOwn && marks.form === null && marks.own.length === 0 && answers.every((one) => looksTheSame(one, thread));
}
