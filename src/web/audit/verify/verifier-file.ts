import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The place where the build puts it, seen from the built program and from the sources. */
const BUILT = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/colloquy-verify.mjs' : '../../../../colloquy-verify.mjs',
  import.meta.url,
);

export interface VerifierFile {
  readonly bytes: Buffer;
  /** SHA-256, hex. */
  readonly sha256: string;
}

let read: VerifierFile | undefined;

/** The verifier of exports and receipts in one file, for auditors to download; read once. Throws the system's error. */
export function verifierFile(): VerifierFile {
  if (read === undefined) {
    const bytes = readFileSync(BUILT);
    read = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  return read;
}
