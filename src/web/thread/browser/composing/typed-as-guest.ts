import { keep, kept } from '../../../shell/browser/kept.ts';
import { typedKey } from '../taken-typed.ts';
import type { ThreadParts } from '../thread-view.ts';

/** Milliseconds within which the page around a frame says hello; where none does, none signs anybody in. */
const HELLO_WITHIN_MS = 5_000;

/** Resolves once the page is nobody's for good: the page around a frame may be signing somebody in. */
function isNobodys(): Promise<void> {
  const root = document.documentElement;
  return new Promise((resolve) => {
    const look = (): void => {
      if (parent === window || root.dataset['reader'] === 'known') resolve();
    };
    look();
    new MutationObserver(look).observe(root, { attributeFilter: ['data-reader'] });
    setTimeout(() => root.dataset['reader'] === undefined && resolve(), HELLO_WITHIN_MS);
  });
}

const nobodys = isNobodys();

/** What was typed on this page before it was loaded again stands where it stood, before what stands there since. */
export async function giveTyped({ page, view }: Pick<ThreadParts, 'page' | 'view'>): Promise<void> {
  await nobodys;
  const [parentId, ...lines] = kept(typedKey(page.post.id), 'sessionStorage')?.split('\n') ?? [];
  if (parentId === undefined) return;
  const text = lines.join('\n');
  const id = parentId === '' ? 'new-comment' : `answer-${parentId}`;
  const give = (): boolean => {
    const field = document.getElementById(id);
    if (field instanceof HTMLTextAreaElement && !field.value.includes(text)) {
      field.setRangeText(field.value === '' ? text : `${text}\n\n`, 0, 0, 'preserve');
      field.dataset['earlier'] = field.value;
    }
    return field !== null;
  };
  if (give() || view.now().state.openForm !== null) return;
  view.openByItself({ kind: 'answer', commentId: parentId });
  requestAnimationFrame(give);
}

/** Keeps what somebody without an account types, for this tab alone. */
export async function keepTyped(field: HTMLTextAreaElement, postId: string): Promise<void> {
  await nobodys;
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
