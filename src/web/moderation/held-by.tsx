import type { Translator } from '../shell/i18n/translate.ts';
import { ruleName } from './decision/queue-words.ts';

/** The rule of the policy that held somebody or something, with the way to it. */
export function HeldBy({ rule, translator }: { readonly rule: string; readonly translator: Translator }) {
  return (
    <a class="held-by" href={`/moderation/policy#rule-${encodeURIComponent(rule)}`}>
      {translator.t('case.heldBy', { rule: ruleName(rule, translator) })}
    </a>
  );
}
