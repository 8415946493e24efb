import type { EventFilter } from '../port.ts';
import type { LogLayout } from './packed/layout.ts';
import { packedPrefix } from './packed/prefixes.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** The filter as a condition for a WHERE clause, and its values. */
export function condition(filter: EventFilter | undefined, layout: LogLayout): Condition {
  const { types, streamPrefixes } = filter ?? {};
  const parts = [
    ...(types === undefined ? [] : [ofTypes(types, layout)]),
    ...(streamPrefixes === undefined ? [] : [ofPrefixes(streamPrefixes, layout)]),
  ];
  return { sql: parts.map(({ sql }) => ` AND ${sql}`).join(''), values: parts.flatMap(({ values }) => values) };
}

/** A type's number is looked up at each use, since its first event may come later than the statement. */
function ofTypes(types: readonly string[], layout: LogLayout): Condition {
  const list = types.map(() => '?').join(', ');
  if (layout === 'old') return { sql: `type IN (${list})`, values: types };
  const numbers = `SELECT +code FROM names WHERE kind = 1 AND text IN (${list})`;
  return { sql: `(type IN (${numbers}) OR type IN (${list}))`, values: [...types, ...types] };
}

function ofPrefixes(prefixes: readonly string[], layout: LogLayout): Condition {
  const parts = prefixes.flatMap((prefix): Condition[] => {
    const named = { sql: 'substr(stream, 1, ?) = ?', values: [[...prefix].length, prefix] };
    return layout === 'old' ? [named] : [named, packedPrefix(prefix)];
  });
  const sql = `(${['FALSE', ...parts.map((part) => part.sql)].join(' OR ')})`;
  return { sql, values: parts.flatMap(({ values }) => values) };
}
