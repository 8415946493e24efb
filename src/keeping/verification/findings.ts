/** What was thrown, in words. */
export function reasonIn(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The faults that a check finds. What the check throws is one of them, since damaged files can make any reader of them fail, and
 * the report must come all the same. Throws the signal's reason alone.
 */
export async function findings(
  what: string,
  check: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return await check();
  } catch (error) {
    signal.throwIfAborted();
    return [`${what} could not be checked: ${reasonIn(error)}`];
  }
}
