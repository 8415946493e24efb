import { type SentRule, settingsOf } from './policy-fields.ts';

/** One thing that a version of the policy has changed against the version before it. */
export type PolicyChange =
  | { readonly kind: 'switched'; readonly rule: string; readonly on: boolean }
  | {
      readonly kind: 'setting';
      readonly rule: string;
      readonly name: string;
      readonly before: unknown;
      readonly after: unknown;
    }
  | {
      readonly kind: 'entries';
      readonly rule: string;
      readonly name: string;
      readonly taken: readonly string[];
      readonly added: readonly string[];
    }
  /** Places count from 1. */
  | { readonly kind: 'moved'; readonly rule: string; readonly before: number; readonly after: number };

/** What changed between two versions, rule by rule in the order of the later one. */
export function policyChanges(before: readonly SentRule[], after: readonly SentRule[]): readonly PolicyChange[] {
  const earlier = new Map(before.map((rule) => [rule.rule, rule]));
  const inPlace = longestKept(before, after);
  return after.flatMap((rule, at): readonly PolicyChange[] => {
    const then = earlier.get(rule.rule);
    if (then === undefined) return [{ kind: 'switched', rule: rule.rule, on: rule.on }];
    const place = before.indexOf(then);
    return [
      ...(rule.on === then.on ? [] : [{ kind: 'switched', rule: rule.rule, on: rule.on } as const]),
      ...settingsOf(rule).flatMap(([name, value]) => settingChange(rule.rule, name, [then[name], value])),
      ...(inPlace.has(rule.rule)
        ? []
        : [{ kind: 'moved', rule: rule.rule, before: place + 1, after: at + 1 } as const]),
    ];
  });
}

function settingChange(
  rule: string,
  name: string,
  [before, after]: readonly [unknown, unknown],
): readonly PolicyChange[] {
  if (!isTexts(before) || !isTexts(after))
    return before === after ? [] : [{ kind: 'setting', rule, name, before, after }];
  const [had, has] = [new Set(before), new Set(after)];
  const taken = before.filter((entry) => !has.has(entry));
  const added = after.filter((entry) => !had.has(entry));
  return taken.length + added.length === 0 ? [] : [{ kind: 'entries', rule, name, taken, added }];
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** The largest set of rules that kept their order among each other: all others were moved. */
function longestKept(before: readonly SentRule[], after: readonly SentRule[]): ReadonlySet<string> {
  const places = after.map(({ rule }) => before.findIndex((one) => one.rule === rule));
  const best: (readonly number[])[] = [];
  for (const [at, place] of places.entries()) {
    const ahead = best.filter((chain) => (places[chain.at(-1) ?? -1] ?? -1) < place);
    const longest = ahead.reduce<readonly number[]>((most, chain) => (chain.length > most.length ? chain : most), []);
    best.push([...longest, at]);
  }
  const longest = best.reduce<readonly number[]>((most, chain) => (chain.length > most.length ? chain : most), []);
  return new Set(longest.flatMap((at) => after[at]?.rule ?? []));
}
