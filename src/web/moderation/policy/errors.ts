import type { DomainError } from '../../../../libs/kernel/index.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';
import { reasonOf } from '../../shell/refusal-messages.ts';

/** The English words of the policy's own check, and the message that says the same in other languages. */
const SAID: readonly (readonly [RegExp, MessageKey])[] = [
  [/^must be a whole number from (?<from>\d+) to (?<to>\d+)/, 'policywrong.whole'],
  [/^must be a number/, 'policywrong.number'],
  [/^must be greater than 0 and at most 1/, 'policywrong.share'],
  [/^must not be less than least/, 'policywrong.least'],
  [/^must have (?<most>\d+) entries at most/, 'policywrong.entries'],
  [/^must have (?<most>\d+) characters at most in all/, 'policywrong.together'],
  [/^“(?<word>.*)” must have (?<most>\d+) characters at most/su, 'policywrong.long'],
  [/^“(?<word>.*)” holds neither letter nor digit/su, 'policywrong.empty'],
  [/^“(?<word>.*)” is a single letter/su, 'policywrong.single'],
  [/^“(?<word>.*)” needs three letters before its \*/su, 'policywrong.short'],
  [/^“(?<word>.*)” must be the name of a host/su, 'policywrong.host'],
  [/^“(?<word>.*)” is a banned word too/su, 'policywrong.both'],
];

/** The faults by setting (`links.most`); `''` for the policy as a whole. */
export function policyErrors(error: DomainError, translator: Translator): FieldErrors {
  if (error.code === 'stale_revision') return { '': translator.t('policy.stale') };
  const bySetting = new Map<string, string>();
  for (const { field, message } of error.errors) {
    const key = settingOf(field);
    const said = inWords(message, translator);
    const before = bySetting.get(key);
    bySetting.set(key, before === undefined ? said : `${before} ${said}`);
  }
  const whole = bySetting.size > 0 ? translator.t('error.invalid') : reasonOf(error, translator);
  return { '': whole, ...Object.fromEntries(bySetting) };
}

/** `rules.banned-words.words.3` → `banned-words.words`. */
function settingOf(field: string): string {
  const [whole = '', rule, name] = field.split('.');
  if (whole !== 'rules' || rule === undefined) return whole;
  return name === undefined ? rule : `${rule}.${name}`;
}

function inWords(message: string, { t }: Translator): string {
  for (const [pattern, key] of SAID) {
    const groups = pattern.exec(message)?.groups;
    if (groups || pattern.test(message)) return t(key, withNumbers(groups ?? {}));
  }
  return message;
}

function withNumbers(groups: Readonly<Record<string, string>>): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, name === 'word' ? value : Number(value)]),
  );
}
