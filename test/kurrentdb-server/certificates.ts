import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** What clients are told by `tlsCaFile`. */
  readonly caFile: string;
}

/**
 * A certificate for localhost and the authority that signed it (a client will not take an authority for a server), made
 * once for a directory, so that a restart keeps its clients' trust.
 */
export async function certificateIn(dir: string): Promise<Certificate> {
  mkdirSync(dir, { recursive: true });
  const caFile = join(dir, 'ca.pem');
  const certFile = join(dir, 'server.pem');
  const keyFile = join(dir, 'server.key');
  if (!existsSync(certFile)) {
    const ca = await authority();
    const made = await generate([{ name: 'commonName', value: 'localhost' }], {
      ...KIND,
      ca: { key: ca.private, cert: ca.cert },
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, LOOPBACK] },
      ],
    });
    writeFileSync(keyFile, made.private, { mode: 0o600 });
    writeFileSync(caFile, ca.cert);
    writeFileSync(certFile, made.cert);
  }
  return { certificate: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8'), caFile };
}

const KIND = { keyType: 'ec', algorithm: 'sha256' } as const;
const LOOPBACK = { type: 7, ip: '127.0.0.1' } as const;

function authority() {
  return generate([{ name: 'commonName', value: 'Tests of Colloquy' }], {
    ...KIND,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}
