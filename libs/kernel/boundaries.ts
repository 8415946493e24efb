/**
 * Gives a value the stated type without a check. It is the one door for data that comes back as the program wrote it:
 * the program's own lines of JSON, rows of its views, messages between its threads, files of its build. Data that
 * anybody else may have written is parsed instead: people's input, and data from a disk or another program.
 */
export function trusted<Shape>(value: unknown): Shape {
  return value as Shape;
}

/** True for an object with fields of its own, whatever they are; false for lists and bytes. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** The name that Node, SQLite and the libraries give to a fault (`ENOENT`, `SQLITE_FULL`); empty where there is none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** The cause of a fault; undefined where it names none. */
export function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}
