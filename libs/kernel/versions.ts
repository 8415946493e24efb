import type { StoredFact, Upcasters } from './event.ts';

const TYPE = /^(.+)\.v([1-9][0-9]*)$/u;

/** `CommentPosted.v2` is version 2 of `CommentPosted`. Throws RangeError for a name without a version. */
export function versionOf(type: string): { readonly name: string; readonly version: number } {
  const [, name, version] = TYPE.exec(type) ?? [];
  if (name === undefined) throw new RangeError(`the event type ${type} has no version`);
  return { name, version: Number(version) };
}

/** Every version of a type that the log may hold, up to this newest one, oldest first. */
export function versionsUpTo(newest: string): readonly string[] {
  const { name, version } = versionOf(newest);
  return Array.from({ length: version }, (_, index) => `${name}.v${index + 1}`);
}

/** A stored fact as its newest version, step by step; one that is the newest, or unknown, is given back as it is. */
export function upcast(stored: StoredFact, upcasters: Upcasters): StoredFact {
  let fact = stored;
  for (let up = upcasterOf(fact.type, upcasters); up !== undefined; up = upcasterOf(fact.type, upcasters)) {
    fact = up(fact);
  }
  return fact;
}

/** Whether a type reads as another one. */
export function isOld(type: string, upcasters: Upcasters): boolean {
  return upcasterOf(type, upcasters) !== undefined;
}

/** Names come from the log, and one such as `constructor` must not find an upcaster. */
function upcasterOf(type: string, upcasters: Upcasters): Upcasters[string] | undefined {
  return Object.hasOwn(upcasters, type) ? upcasters[type] : undefined;
}

/** The fields of stored data, for an upcaster. Throws TypeError for data without fields, which no decider wrote. */
export function fieldsOf(data: unknown): object {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data;
  throw new TypeError('the data of an event is a plain object');
}
