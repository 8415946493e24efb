/**
 * Takes a value for what is said of it, without looking at it. It is the one door for what comes back into the program as it
 * left it: the program's own lines of JSON, rows of its views, messages between its threads, files of its build. What
 * anybody else may have written is parsed instead: what people send, what a disk or another program hands over.
 */
export function trusted<Shape>(value: unknown): Shape {
  return value as Shape;
}

/** True for what has fields of its own, whatever they are: no list and no bytes. */
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

/** What stands behind a fault; undefined where it does not say. */
export function causeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
}
