/** A log that cannot be copied to where it should go; the message says why, for people. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}
