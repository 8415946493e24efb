import type { Json } from './event.ts';

/**
 * The canonical JSON text of a value (RFC 8785): no space, names sorted by UTF-16 code units, numbers and strings as
 * ECMAScript writes them. The same value always gives the same text, so it can be hashed. A lone surrogate, which the RFC
 * leaves out, is written as its escape.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
