import type { EventFilter } from '../port.ts';

/** The filter as a condition for a WHERE clause, and its values. */
export function condition(filter: EventFilter | undefined): { sql: string; values: (string | number)[] } {
  const values: (string | number)[] = [];
  let sql = '';
  if (filter?.types !== undefined) {
    sql += ` AND type IN (${filter.types.map(() => '?').join(', ')})`;
    values.push(...filter.types);
  }
  if (filter?.streamPrefixes !== undefined) {
    const one = 'substr(stream, 1, ?) = ?';
    sql += ` AND (${['FALSE', ...filter.streamPrefixes.map(() => one)].join(' OR ')})`;
    for (const prefix of filter.streamPrefixes) values.push([...prefix].length, prefix);
  }
  return { sql, values };
}
