/**
 * The newest of the unread ones, given newest first, up to which all were followed; null where the oldest was not. Read
 * ones stand between them as they like.
 */
export function readUpTo(unread: readonly string[], followed: ReadonlySet<string>): string | null {
  const oldestFirst = unread.toReversed();
  const left = oldestFirst.findIndex((position) => !followed.has(position));
  return oldestFirst[(left === -1 ? oldestFirst.length : left) - 1] ?? null;
}
