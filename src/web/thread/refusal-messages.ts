import type { MessageKey, Translator } from '../i18n/translate.ts';

/** Refusals that are the same to a reader; all others have a message under their own code. */
const SAME_AS: Readonly<Record<string, MessageKey>> = {
  parent_in_other_post: 'error.parent_not_found',
  erased: 'error.comment_removed',
  internal: 'error.unavailable',
  storage_unavailable: 'error.unavailable',
  not_caught_up: 'error.unavailable',
  tree_mismatch: 'error.unavailable',
  shutting_down: 'error.unavailable',
  overloaded: 'error.unavailable',
  unreachable: 'error.unavailable',
  unexpected_answer: 'error.unavailable',
};

/** Why something was refused, in the reader's language; a code without words of its own shows its detail, which is English. */
export function reasonOf(
  refusal: { readonly code: string; readonly detail: string; readonly retryAfterSeconds?: number | undefined },
  { t, has }: Translator,
): string {
  const key = SAME_AS[refusal.code] ?? `error.${refusal.code}`;
  return has(key) ? t(key, { count: refusal.retryAfterSeconds ?? 1 }) : refusal.detail;
}
