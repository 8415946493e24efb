/** The thrown value, in words. */
export function reasonIn(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The faults that a check finds. An error of the check is one of them, since damaged files can make any reader fail,
 * and the report must come all the same. Throws only the signal's reason.
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
