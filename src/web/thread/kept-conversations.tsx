import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { render } from 'preact-render-to-string';
import { SharedHtml, sharedMiddles } from '../shell/shared-html.ts';
import type { CommentNode } from './parts/comment-node.ts';
import { type KeptProps, mayAccept, type ThreadContext, ThreadProvider } from './parts/context.ts';
import type { ShownComment } from './parts/shown-comment.ts';

/** The variants of one conversation: languages, and what kinds of members may do. */
const MOST_VARIANTS = 6;
/** The bytes of the HTML that is kept by what it shows, as text and encoded. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * The HTML inside a conversation, by everything else that it depends on; it is deleted with the page of comments that
 * it was made from.
 */
const kept = new WeakMap<ShownComment, Map<string, SharedHtml>>();
const variants = new WeakMap<ThreadContext, string>();
/**
 * By a digest of all that it shows, so that after a comment only the conversation that it belongs to is rendered. All of
 * them tell the same minute: those of another are of no use, and may have what was erased since.
 */
const byContents = new LRUCache<string, SharedHtml>({
  maxSize: MOST_BYTES,
  sizeCalculation: ({ html }) => 3 * html.length + 200,
});

let minute = Number.NaN;
let end: NodeJS.Timeout | undefined;
const MINUTE_MS = 60_000;

function beginMinute(now: number): void {
  byContents.clear();
  minute = now;
  clearTimeout(end);
  end = setTimeout(() => byContents.clear(), MINUTE_MS).unref();
}

/** What is kept by its contents, in this process. */
export const keptConversations = {
  get state(): { readonly bytes: number } {
    return { bytes: byContents.calculatedSize + sharedMiddles.bytes };
  },
  clear: (): void => {
    byContents.clear();
    sharedMiddles.clear();
  },
};

/**
 * A comment on the server with everything below it, rendered once for all readers who see it the same: those who wrote
 * nothing in it, reacted to nothing in it, bookmarked nothing in it, find nothing new in it, ignore nobody in it, have no form open there and read no translation in its place.
 */
export function KeptConversation({ element, ...conversation }: KeptProps) {
  const { thread, node, children } = conversation;
  if (!looksTheSame(node, thread)) return <li {...element}>{children}</li>;
  const ofComment = kept.get(node.comment) ?? new Map<string, SharedHtml>();
  kept.set(node.comment, ofComment);
  const variant = variantOf(thread);
  const shared = ofComment.get(variant) ?? sharedHtmlOf(conversation, variant);
  if (!ofComment.has(variant)) keep(ofComment, variant, shared);
  return <li {...element} dangerouslySetInnerHTML={{ __html: shared.shown }} />;
}

function sharedHtmlOf({ thread, node, parent, children }: Omit<KeptProps, 'element'>, variant: string): SharedHtml {
  const shown = `${variant} ${JSON.stringify([parent?.author?.displayName, parent?.body === null, node])}`;
  const digest = createHash('sha256').update(shown).digest('base64');
  if (thread.page.now !== minute) beginMinute(thread.page.now);
  const known = byContents.get(digest);
  if (known !== undefined) return known;
  const html = render(<ThreadProvider value={{ ...thread, Kept: null }}>{children}</ThreadProvider>);
  const shared = new SharedHtml(html);
  byContents.set(digest, shared);
  return shared;
}

function keep(ofComment: Map<string, SharedHtml>, variant: string, shared: SharedHtml): void {
  const [oldest] = ofComment.keys();
  if (ofComment.size >= MOST_VARIANTS && oldest !== undefined) ofComment.delete(oldest);
  ofComment.set(variant, shared);
}

/** Everything that a conversation's rendering depends on, except the viewer; it knows nothing of other pages. */
function variantOf(thread: ThreadContext): string {
  const known = variants.get(thread);
  if (known !== undefined) return known;
  const { discussion } = thread;
  const { previous: _, next: __, last: ___, ...page } = thread.page;
  const accepts = mayAccept(thread);
  const viewer = page.viewer && { roles: page.viewer.roles, stop: page.viewer.stop, ...(accepts && { accepts }) };
  const variant = JSON.stringify({ page: { ...page, viewer }, discussion, zone: thread.translator.timeZone });
  variants.set(thread, variant);
  return variant;
}

function looksTheSame({ comment, marks, answers }: CommentNode, thread: ThreadContext): boolean {
  const isOwn = comment.author !== null && comment.author.id === thread.page.viewer?.memberId;
  const isUntouched =
    marks.form === null && marks.own.length === 0 && !marks.isBookmarked && !marks.isNew && !marks.isIgnored;
  const isTranslated = thread.translated?.[comment.id] !== undefined;
  return (
    !isOwn &&
    !isTranslated &&
    comment.removedFor === undefined &&
    isUntouched &&
    answers.every((one) => looksTheSame(one, thread))
  );
}
