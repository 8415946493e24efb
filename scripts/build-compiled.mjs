// Runs an empty forum twice, so that what V8 made of the programs is there from the first start on, also where nothing can be
// written beside them (bin/run-program.cjs). It is kept of the second start, as of one that finds its files. V8 makes
// something else of an import, which has flags of its own and shall need no memory for that when it ends.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = join(root, 'dist', 'compiled');
const program = join(root, 'bin', 'colloquy.js');
const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-build-'));

/** Only what the system needs: settings of the one who builds are no settings of this forum. */
const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir };

async function serveOnce() {
  rmSync(compiled, { recursive: true, force: true });
  const served = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(served, 'close');
  const [line] = await Promise.race([once(createInterface({ input: served.stdout }), 'line'), ended]);
  served.kill('SIGTERM');
  const [status] = await ended;
  if (status !== 0) throw new Error(`the built forum did not start and end: ${line}`);
}

try {
  await serveOnce();
  await serveOnce();
  spawnSync(process.execPath, [program, 'import', '--help'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
