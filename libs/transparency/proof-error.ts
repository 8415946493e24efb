/** A text or a proof that does not show what it claims: the message says what is wrong with it. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}

/** What is read, or null for what does not show what it claims. Throws whatever else goes wrong. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProofError) return null;
    throw error;
  }
}
