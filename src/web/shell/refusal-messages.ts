import type { MessageKey, Translator } from './i18n/translate.ts';

const SAME_AS: Readonly<Record<string, MessageKey>> = {
  parent_in_other_post: 'error.parent_not_found',
  erased: 'error.comment_removed',
};
/** To a reader all of these mean that the forum cannot answer now. */
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

/** Refusals that mean the same to a reader share one message; others have their own under their code. */
function messageOf(code: string): string {
  return UNAVAILABLE.includes(code) ? 'error.unavailable' : (SAME_AS[code] ?? `error.${code}`);
}

/** The reason of a refusal in the reader's language; a code without words shows its detail, which is English. */
export function reasonOf(
  refusal: { readonly code: string; readonly detail: string; readonly retryAfterSeconds?: number | undefined },
  { t, has }: Translator,
): string {
  const key = messageOf(refusal.code);
  return has(key) ? t(key, { count: refusal.retryAfterSeconds ?? 1 }) : refusal.detail;
}
