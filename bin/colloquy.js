#!/usr/bin/env node
// Starts the built program with the Node that the project brings, since the system's may be too old for it, and what runs
// long with less room for what it throws away at once: Node takes as much as the machine has, and gives none back. Where this
// Node can, it becomes the program; an older one stays beside it, which takes 43 MiB. In CommonJS (package.json beside it), since Node
// takes some milliseconds longer for a module that begins.
'use strict';
const { existsSync, readFileSync } = require('node:fs');
const nodeModule = require('node:module');
const { dirname, join } = require('node:path');

const NEEDED = 24;
// Young objects in 12 MiB instead of 96: as many comments a second, and 125 MiB less after 20,000 of them.
const SERVER = { flags: ['--max-semi-space-size=4'], env: { MALLOC_ARENA_MAX: '2' } };
// What is written out is thrown away at once: what waits meanwhile is little of it.
const EXPORT = {
  flags: ['--max-semi-space-size=4', '--heap-growing-percent=50'],
  env: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '1048576' },
};
const IMPORT = {
  // The collector can be asked (--expose-gc), since the pixels of a picture lie beside Node's heap.
  flags: ['--max-semi-space-size=4', '--heap-growing-percent=20', '--no-parallel-scavenge', '--expose-gc'],
  // The C library keeps what it was given back, unless told: pictures leave holes of some ten megabytes.
  env: { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' },
};
const SETTINGS = new Map([
  ['serve', SERVER],
  ['demo', SERVER],
  ['import', IMPORT],
  ['export', EXPORT],
]);
/** Of the command that is called; none where Node was given flags already. */
const settings = process.execArgv.length > 0 ? undefined : SETTINGS.get(process.argv[2]);
const root = dirname(__dirname);
const program = join(root, 'dist', 'program', 'cli.cjs');
/** Written by the build: what `--help` says needs no program, whose loading takes longer. */
const help = join(root, 'dist', 'program', 'help.txt');

if (!existsSync(program)) {
  stop('colloquy is not built yet: run `npm install` and `npm run build` first');
} else if (process.argv.length === 3 && process.argv[2] === '--help') {
  process.stdout.write(readFileSync(help));
} else if (!isNewEnough()) {
  runWith(ownNode());
} else if (settings !== undefined) {
  runWith(process.execPath);
} else {
  nameCompiled();
  nodeModule.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  require(program);
}

/** What V8 made of the program is kept beside it, for the next start and for the threads; where nothing can be written, it goes without. */
function nameCompiled() {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'dist', 'compiled');
}

function isNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= NEEDED;
}

function stop(message) {
  process.stderr.write(`colloquy: ${message}\n`);
  process.exitCode = 1;
}

/** The executable of the npm package `node`, or undefined when it is not installed. */
function ownNode() {
  try {
    const home = dirname(require.resolve('node/package.json'));
    return ['node', 'node.exe'].map((name) => join(home, 'bin', name)).find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}

function runWith(node) {
  if (node === undefined) {
    stop(`colloquy needs Node ${NEEDED} and runs on ${process.versions.node}: run \`npm install\`, which brings it`);
    return;
  }
  nameCompiled();
  const words = [...(settings?.flags ?? []), program, ...process.argv.slice(2)];
  const env = { ...settings?.env, ...process.env };
  if (process.execve !== undefined && process.platform !== 'win32') process.execve(node, [node, ...words], env);
  else runBeside(node, words, env);
}

/** The channel to the program ends with this process, however it dies; then the program ends too. */
function runBeside(node, words, env) {
  const { spawn } = require('node:child_process');
  const { constants } = require('node:os');
  const child = spawn(node, words, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(`cannot run ${node}: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
    process.exit();
  });
}
