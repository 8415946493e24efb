/** A text or a proof that does not show what it claims: the message says what is wrong with it. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}
