import { Drafts, keep, kept } from '../../shell/browser/kept.ts';
import type { ThreadPageInfo } from '../parts/context.ts';

/** Of the text that was typed below a post in this tab before anybody signed in: the answered comment, a line end, the text. */
export function typedKey(postId: string): string {
  return `colloquy:typed:${postId}`;
}

/**
 * It becomes the member's; where another text stands, it is put aside, to be offered there. Not in a frame, whose member may
 * be whomever the page around signs in: whoever signs in there by hand brings their text in the form.
 */
export function takeTyped({ viewer, post }: Pick<ThreadPageInfo, 'viewer' | 'post'>): void {
  if (post.frame !== undefined) return;
  const key = typedKey(post.id);
  const typed = kept(key, 'sessionStorage');
  if (typed === null || viewer === null) return;
  keep(key, null, 'sessionStorage');
  const [parentId = '', text] = [typed.slice(0, typed.indexOf('\n')), typed.slice(typed.indexOf('\n') + 1)];
  const drafts = new Drafts(viewer.memberId, post.id);
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
