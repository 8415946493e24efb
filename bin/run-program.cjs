// Runs a program of the build with what V8 made of it in an earlier run, the functions included that it compiled when they
// were first called. Node's own cache is made before anything runs and has none of them, which are a third of a start.
'use strict';
const { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { cachedDataVersionTag } = require('node:v8');
const { Script } = require('node:vm');
const { MessageChannel, Worker } = require('node:worker_threads');

/** Whoever may read the program may read what was made of it, for whom `umask` closes all other files. */
const READABLE = 0o644;
const OPEN = 0o755;
/** Where the threads stand that have begun, by the addresses of their files. */
const BEGUN = Symbol.for('colloquy.begunThreads');

/**
 * `file` holds a function of what a module in CommonJS is given. What V8 made of it is kept under its digest, since V8
 * itself only looks at the length of a text, and apart for each V8 and its flags. Nothing is kept where nothing can be
 * written. `onceRead` is called when V8 has the program, before it runs.
 */
exports.runProgram = ({ file, digest, kept, onceRead = () => undefined }) => {
  const mark = cachedDataVersionTag();
  const place = join(kept, `${process.version}-${process.arch}-${mark.toString(16)}`, digest);
  const cachedData = readIfThere(place);
  const script = new Script(textOf(file), { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) process.once('exit', () => keep(script, { place, mark }));
  if (cachedData !== undefined) giveBack(cachedData);
  onceRead();
  const self = { exports: {} };
  script.runInThisContext()(self.exports, createRequire(file), self, file, dirname(file));
};

/**
 * Begins threads that a server needs first, so that they begin while the main program is read or runs. Each waits at a port for
 * its task; the program takes them by the addresses of their files (libs/sqlite/begun-thread.ts). Those that nobody takes
 * end with the process, and one that could not begin is begun again.
 */
exports.beginThreads = (threads) => {
  globalThis[BEGUN] ??= new Map();
  const begun = globalThis[BEGUN];
  for (const { file, name } of threads) {
    const { port1: port, port2 } = new MessageChannel();
    const worker = new Worker(file, { workerData: port2, transferList: [port2], execArgv: [], name });
    const { href } = pathToFileURL(file);
    worker.unref();
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      port.close();
      begun.delete(href);
    });
    begun.set(href, { worker, port });
  }
};

/** One byte for each character: the build leaves none beyond ASCII, and the text stays outside V8's heap. */
function textOf(file) {
  const bytes = readFileSync(file);
  const text = bytes.latin1Slice();
  giveBack(bytes);
  return text;
}

/** Frees seven megabytes at once, which would wait for a collection of all memory; a few bytes stand among those of others. */
function giveBack(bytes) {
  if (bytes.length === bytes.buffer.byteLength) bytes.buffer.transfer(0);
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Written beside and put in its place whole, since other processes and threads may end at the same time. With flags that were
 * set since the start, V8 would refuse it at the next one.
 */
function keep(script, { place, mark }) {
  if (cachedDataVersionTag() !== mark) return;
  const beside = `${place}.${process.pid}.${process.hrtime.bigint()}`;
  try {
    mkdirSync(dirname(place), { recursive: true });
    chmodSync(dirname(place), OPEN);
    writeFileSync(beside, script.createCachedData());
    chmodSync(beside, READABLE);
    renameSync(beside, place);
  } catch {
    // It starts as it did this time.
  }
}
