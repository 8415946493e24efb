import type { SentRule } from '../../../../libs/client/index.ts';
import { atOnce, isTexts } from '../../../../libs/kernel/index.ts';
import { settingsOf } from './fields.ts';

/** The most entries of a list that are named: half removed and half added when both are many. */
const MOST_ENTRIES = 60;

/** One change of a version of the policy against the version before it. */
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
      /** The number of further removed or added entries. */
      readonly more: number;
    }
  /** Places count from 1. */
  | { readonly kind: 'moved'; readonly rule: string; readonly before: number; readonly after: number };

/** The changes between two versions, rule by rule in the order of the later one. */
export function policyChanges(before: readonly SentRule[], after: readonly SentRule[]): readonly PolicyChange[] {
  return atOnce(comparingPolicies(before, after));
}

/** The same, one entry of a list a step, since there may be 40,000 of them. */
export function* comparingPolicies(
  before: readonly SentRule[],
  after: readonly SentRule[],
): Generator<undefined, readonly PolicyChange[]> {
  const earlier = new Map(before.map((rule) => [rule.rule, rule]));
  const inPlace = longestKept(before, after);
  const changes: PolicyChange[] = [];
  for (const [at, { rule, on, ...settings }] of after.entries()) {
    const then = earlier.get(rule);
    if (then === undefined || then.on !== on) changes.push({ kind: 'switched', rule, on });
    if (then === undefined) continue;
    for (const [name, value] of settingsOf({ rule, on, ...settings }))
      changes.push(...(yield* settingChange({ rule, name }, then[name], value)));
    if (!inPlace.has(rule)) changes.push({ kind: 'moved', rule, before: before.indexOf(then) + 1, after: at + 1 });
  }
  return changes;
}

function* settingChange(
  setting: { readonly rule: string; readonly name: string },
  before: unknown,
  after: unknown,
): Generator<undefined, readonly PolicyChange[]> {
  if (!isTexts(before) || !isTexts(after))
    return before === after ? [] : [{ kind: 'setting', ...setting, before, after }];
  const taken = yield* missingFrom(after, before);
  const added = yield* missingFrom(before, after);
  const all = taken.length + added.length;
  if (all === 0) return [];
  const named = taken.slice(0, Math.max(MOST_ENTRIES / 2, MOST_ENTRIES - added.length));
  const told = { taken: named, added: added.slice(0, MOST_ENTRIES - named.length) };
  return [{ kind: 'entries', ...setting, ...told, more: Math.max(0, all - MOST_ENTRIES) }];
}

function* missingFrom(list: readonly string[], entries: readonly string[]): Generator<undefined, readonly string[]> {
  const there = new Set<string>();
  for (const entry of list) yield void there.add(entry);
  const missing: string[] = [];
  for (const entry of entries) {
    if (!there.has(entry)) missing.push(entry);
    yield;
  }
  return missing;
}

/** The largest set of rules that kept their order; all others were moved. */
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
