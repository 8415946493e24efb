/** A text or a proof does not show what it claims; the message tells the fault. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}

/** The result, or null for a ProofError. Throws any other error. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProofError) return null;
    throw error;
  }
}
