/**
 * A spreadsheet takes a cell that begins with one of these for a formula, and runs it; some also the fullwidth ones, and after signs
 * that nobody sees.
 */
const FORMULA = /^(?:[\t\r]|[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]*[=+\-@\uff1d\uff0b\uff0d\uff20])/u;

/** Before the first row, so that spreadsheets read the file as UTF-8. */
export const CSV_MARK = '\ufeff';

/** A row by RFC 4180, with its line end. A cell that a spreadsheet would run gets an apostrophe in front. */
export function csvRow(cells: readonly (string | bigint | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | bigint | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
