/** No export was made; the message says why, and what can be done. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';
}
