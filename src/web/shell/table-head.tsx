/**
 * The roles of a table's parts, since the styles for phones, which show rows one below the other, would remove them.
 */
export const TABLE_ROLES = {
  table: { role: 'table' },
  rows: { role: 'rowgroup' },
  row: { role: 'row' },
  cell: { role: 'cell' },
  columnHead: { role: 'columnheader' },
  rowHead: { role: 'rowheader' },
} as const;

/** The first row of a table: the name of each of its columns. */
export function TableHead({ names }: { names: readonly string[] }) {
  return (
    <thead {...TABLE_ROLES.rows}>
      <tr {...TABLE_ROLES.row}>
        {names.map((name) => (
          <th key={name} scope="col" {...TABLE_ROLES.columnHead}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
