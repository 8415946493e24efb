import { textIn } from '../server/paths.ts';

/** A rule as it travels: its name, whether it is on, and settings of its own. */
export type SentRule = Readonly<Record<string, unknown>> & { readonly rule: string; readonly on: boolean };

const ALL = ['report', 'hold', 'reject'] as const;
/** Not every rule can take every measure. */
const MEASURES: Readonly<Record<string, readonly (typeof ALL)[number][]>> = {
  'banned-words': ['hold', 'reject'],
  newcomer: ['report', 'hold'],
  'recent-record': ['report', 'hold'],
};

export function measuresOf(rule: string): readonly (typeof ALL)[number][] {
  return MEASURES[rule] ?? ALL;
}

export function isRule(value: object): value is SentRule {
  return 'rule' in value && typeof value.rule === 'string' && 'on' in value && typeof value.on === 'boolean';
}

/** The settings of a rule, in its own order. */
export function settingsOf(rule: SentRule): readonly (readonly [string, unknown])[] {
  return Object.entries(rule).filter(([name]) => name !== 'rule' && name !== 'on');
}

/** The rules as a form sends them back; what is no number stays one that the policy refuses. */
export function rulesIn(form: unknown, rules: readonly SentRule[]): readonly SentRule[] {
  return rules.map((rule) => {
    const settings = settingsOf(rule).map(([name, value]) => [
      name,
      typed(textIn(form, `${rule.rule}.${name}`), value),
    ]);
    return { ...rule, ...Object.fromEntries(settings), on: textIn(form, `${rule.rule}.on`) === '1' };
  });
}

function typed(text: string, before: unknown): unknown {
  if (typeof before === 'number') return text.trim() === '' ? -1 : Number(text);
  return Array.isArray(before) ? text.split(/\r\n?|\n/) : text;
}
