// Bundles the verifier of exports into one file that needs only Node: dist/colloquy-verify.mjs, for auditors to take away.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  entryPoints: ['libs/transparency/verify/standalone.ts'],
  outfile: 'dist/colloquy-verify.mjs',
  bundle: true,
  platform: 'node',
  // No package is let in: what auditors run must be readable as a whole, and ours alone.
  packages: 'external',
  format: 'esm',
  target: 'node20.12',
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
