/** The error for a log that cannot be copied to its target; the message tells people why. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}
