import type { Json } from './event.ts';

/** Up to this many names are sorted one by one, in a third of the time of the engine's own sort. */
const FEW_NAMES = 16;

/**
 * The canonical JSON text of a value (RFC 8785): no space, names sorted by UTF-16 code units, numbers and strings as
 * ECMAScript writes them. The same value always gives the same text, so it can be hashed. A lone surrogate, which the RFC
 * leaves out, is written as its escape.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let members = '';
  for (const name of sorted(Object.keys(value))) {
    const member = value[name];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** The same list, by UTF-16 code units, as the operators of strings compare. */
function sorted(names: string[]): string[] {
  if (names.length > FEW_NAMES) return names.sort();
  for (const [at, name] of names.entries()) {
    let place = at;
    for (let before = names[place - 1]; before !== undefined && before > name; before = names[place - 1]) {
      names[place] = before;
      place -= 1;
    }
    names[place] = name;
  }
  return names;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
