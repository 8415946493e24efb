/** No suitcase was packed; the message says why, and what can be done. */
export class SuitcaseRefused extends Error {
  override readonly name = 'SuitcaseRefused';
}
