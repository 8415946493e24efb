import { Drafts, draftPrefix, keep, kept, keptUnder } from '../../shell/browser/kept.ts';
import type { ThreadParts } from './thread-view.ts';

/** Of the text that was typed below a post in this tab before anybody signed in: the answered comment, a line end, the text. */
export function typedKey(postId: string): string {
  return `colloquy:typed:${postId}`;
}

/** Gives a text to the member's drafts; where another one stands, it is put aside, to be offered there. */
function give(drafts: Drafts, parentId: string, text: string): void {
  if (parentId !== '') {
    if (drafts.read(parentId) === '') drafts.write(parentId, text);
    else if (drafts.read(parentId) !== text) drafts.putAside(parentId, text);
    return;
  }
  const field = document.querySelector<HTMLTextAreaElement>('#new-comment');
  if (field?.value === text) return;
  if (!field || field.value !== '') return drafts.putAside(null, text);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/**
 * It becomes the member's; where another text stands, it is put aside, to be offered there. Not in a frame, whose member may
 * be whomever the page around signs in: whoever signs in there by hand brings their text in the form.
 */
export function takeTyped({ viewer, post }: ThreadParts['page']): void {
  if (post.frame !== undefined) return;
  const key = typedKey(post.id);
  const typed = kept(key, 'sessionStorage');
  if (typed === null || viewer === null) return;
  keep(key, null, 'sessionStorage');
  const [parentId = '', text] = [typed.slice(0, typed.indexOf('\n')), typed.slice(typed.indexOf('\n') + 1)];
  give(new Drafts(viewer.memberId, post.id), parentId, text);
}

const SENT = 'sent:';

/** What the member sent by a form of this page, and no comment became of, is there again. */
export function takeUnsent({ page: { viewer, post }, view }: Pick<ThreadParts, 'page' | 'view'>): void {
  if (viewer === null) return;
  const drafts = new Drafts(viewer.memberId, post.id);
  const taken = new Set(view.now().comments.map(({ id }) => id));
  for (const key of keptUnder(`${draftPrefix(viewer.memberId, post.id)}${SENT}`)) {
    const sent = drafts.takeSent(key === '' ? null : key);
    if (sent && !taken.has(sent.id)) give(drafts, key, sent.text);
  }
}
