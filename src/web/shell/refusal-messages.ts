import type { MessageKey, Translator } from './i18n/translate.ts';

const SAME_AS: Readonly<Record<string, MessageKey>> = {
  parent_in_other_post: 'error.parent_not_found',
  erased: 'error.comment_removed',
};
/** All are one thing to a reader: the forum cannot answer now. */
const UNAVAILABLE: readonly string[] = [
  'internal',
  'storage_unavailable',
  'not_caught_up',
  'tree_mismatch',
  'shutting_down',
  'overloaded',
  'unreachable',
  'unexpected_answer',
];

/** Refusals that are the same to a reader have one message; all others have theirs under their own code. */
function messageOf(code: string): string {
  return UNAVAILABLE.includes(code) ? 'error.unavailable' : (SAME_AS[code] ?? `error.${code}`);
}

/** Why something was refused, in the reader's language; a code without words of its own shows its detail, which is English. */
export function reasonOf(
  refusal: { readonly code: string; readonly detail: string; readonly retryAfterSeconds?: number | undefined },
  { t, has }: Translator,
): string {
  const key = messageOf(refusal.code);
  return has(key) ? t(key, { count: refusal.retryAfterSeconds ?? 1 }) : refusal.detail;
}
