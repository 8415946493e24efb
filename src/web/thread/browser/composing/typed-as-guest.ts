import { keep } from '../../../shell/browser/kept.ts';
import { typedKey } from '../taken-typed.ts';

/** Keeps what somebody without an account types, for this tab alone: whoever signs in then goes on with it. */
export function keepTyped(field: HTMLTextAreaElement, postId: string): void {
  const parentId = new FormData(field.form ?? undefined).get('parentId') ?? '';
  const type = (): void => keep(typedKey(postId), field.value && `${parentId}\n${field.value}`, 'sessionStorage');
  field.addEventListener('input', type);
  field.form?.addEventListener('submit', () => keep(typedKey(postId), null, 'sessionStorage'));
  if (field.value !== '') type();
}
