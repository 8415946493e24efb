import { keep, kept } from '../../../shell/browser/kept.ts';
import { typedKey } from '../taken-typed.ts';
import type { ThreadParts } from '../thread-view.ts';

/** What was typed on this page before it was loaded again stands where it stood, unless something stands there. */
export function giveTyped({ page, view }: Pick<ThreadParts, 'page' | 'view'>): void {
  const [parentId, ...lines] = kept(typedKey(page.post.id), 'sessionStorage')?.split('\n') ?? [];
  if (parentId === undefined) return;
  const id = parentId === '' ? 'new-comment' : `answer-${parentId}`;
  const give = (): boolean => {
    const field = document.getElementById(id);
    if (field instanceof HTMLTextAreaElement && field.value === '') field.value = lines.join('\n');
    return field !== null;
  };
  if (give() || view.now().state.openForm !== null) return;
  view.openByItself({ kind: 'answer', commentId: parentId });
  requestAnimationFrame(give);
}

/** Keeps what somebody without an account types, for this tab alone: whoever signs in then goes on with it. */
export function keepTyped(field: HTMLTextAreaElement, postId: string): void {
  const parentId = new FormData(field.form ?? undefined).get('parentId') ?? '';
  const type = (): void => {
    keep(typedKey(postId), field.value && `${parentId}\n${field.value}`, 'sessionStorage');
    // Some text of this tab waits; this program is loaded at once then.
    keep('colloquy:typed', '1', 'sessionStorage');
  };
  field.addEventListener('input', type);
  field.form?.addEventListener('submit', () => keep(typedKey(postId), null, 'sessionStorage'));
  if (field.value !== '') type();
}
