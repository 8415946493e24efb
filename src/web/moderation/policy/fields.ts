import type { PolicyVersion, SentRule } from '../../../../libs/client/index.ts';
import { isRuleName, MEASURES, type Measure, RULE_MEASURES } from '../../../../libs/words/index.ts';
import { textIn } from '../../shell/paths.ts';

/** The measures of a rule; all of them for an unknown one. */
export function measuresOf(rule: string): readonly Measure[] {
  return isRuleName(rule) ? RULE_MEASURES[rule] : MEASURES;
}

/** No rules for a version that does not exist. */
export function rulesOf(version: PolicyVersion | undefined): readonly SentRule[] {
  return version?.rules ?? [];
}

type Setting = SentRule[string];

/** The settings of a rule, in its own order. */
export function settingsOf(rule: SentRule): readonly (readonly [string, Setting])[] {
  return Object.entries(rule).filter(([name]) => name !== 'rule' && name !== 'on');
}

/**
 * The lines of a list that are read: its 10,000 words, room for empty lines, and room to find that there are too many.
 */
const MOST_LINES = 50_000;

/** The rules of a sent form, in its order; a malformed number stays as it was typed, for the policy to refuse. */
export function rulesIn(form: unknown, rules: readonly SentRule[]): readonly SentRule[] {
  const sent = rules.map((rule) => {
    const settings = settingsOf(rule).map(([name, value]) => [
      name,
      typed(textIn(form, `${rule.rule}.${name}`), value),
    ]);
    return { ...rule, ...Object.fromEntries(settings), on: textIn(form, `${rule.rule}.on`) === '1' };
  });
  return inOrder(sent, textIn(form, 'order').split(','));
}

function typed(text: string, before: Setting): Setting {
  if (typeof before === 'number') return asNumber(text);
  return Array.isArray(before) ? text.split(/\r\n?|\n/, MOST_LINES) : text;
}

function asNumber(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

/** Rules that the order does not name follow after those that it names, in their own order. */
function inOrder(rules: readonly SentRule[], order: readonly string[]): readonly SentRule[] {
  const place = ({ rule }: SentRule): number => {
    const at = order.indexOf(rule);
    return at === -1 ? order.length : at;
  };
  return rules.toSorted((a, b) => place(a) - place(b));
}

export function orderOf(rules: readonly SentRule[]): string {
  return rules.map(({ rule }) => rule).join(',');
}

/** `up links` puts that rule before its neighbour; any other text leaves the order as it is. */
export function moved(rules: readonly SentRule[], wish: string): readonly SentRule[] {
  const [way, name] = wish.split(' ');
  const from = rules.findIndex(({ rule }) => rule === name);
  const to = from + (way === 'up' ? -1 : way === 'down' ? 1 : 0);
  const rule = rules[from];
  if (rule === undefined || to < 0 || to >= rules.length) return rules;
  return rules.toSpliced(from, 1).toSpliced(to, 0, rule);
}

/** The fields of a form that passes these rules on unchanged. */
export function hiddenFields(rules: readonly SentRule[]): Readonly<Record<string, string>> {
  const fields = rules.flatMap((rule) => [
    ...(rule.on ? [[`${rule.rule}.on`, '1'] as const] : []),
    ...settingsOf(rule).map(([name, value]) => [`${rule.rule}.${name}`, textOf(value)] as const),
  ]);
  return { order: orderOf(rules), ...Object.fromEntries(fields) };
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join('\n') : String(value);
}
