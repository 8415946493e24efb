/**
 * All checks and all tests, one line at the end with the totals: `N passed, N failed` (`, N skipped`). `--build` builds before.
 * Arguments go to jest instead: `npm test -- libs/vault --selectProjects unit`.
 * Everything runs even when something before it failed; the exit status is 0 only when nothing did.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

/** The imports are checked by test/rules, which cruises them once for all that it asks. */
const CHECKS = ['check:format', 'check:types', 'check:events'];
/**
 * What runs together, and how many test files of it at a time: one a core of two, and one more of those that start programs, kill
 * servers or drive browsers, which wait for them often enough to leave cores idle.
 */
const RUNS = [
  { projects: ['unit', 'rules', 'import'], workers: 2 },
  { projects: ['e2e', 'faults', 'nodes', 'browser'], workers: 3 },
];
/** What failed, by the name of its check or run. */
const broken = [];

const totals = { passed: 0, failed: 0, skipped: 0 };
/** How often each reason for which tests were left out was given: the end of their names, or of what they stand in. */
const leftOut = new Map();
const [first, ...others] = process.argv.slice(2);
const builds = first === '--build';
const args = builds || first === undefined ? others : [first, ...others];
/** A run of some tests by their names (`-t`) leaves the others out, and that is its purpose. */
const partial = args.length > 0;
/** What Node compiled, for the threads and programs that tests start by the hundred: it is most of their start. */
const COMPILED = resolve('node_modules/.cache/node');
/** A file system in memory, where the system has one, and the bytes that a whole run may need there and in memory at large. */
const MEMORY = '/dev/shm';
const [FILES_NEED, ALL_NEEDS] = [2 * 2 ** 30, 6 * 2 ** 30];
/** Where the tests write whatever they do. */
const scratch = scratchInMemory() ?? mkdtempSync(join(tmpdir(), 'colloquy-test-'));

/**
 * On a disk tests would wait for each sync, and for whatever else wants the disk: a forum starts and ends in half the time without.
 * Disks that fail, lie or get full are those of test/faults, wherever files are. Undefined where there is too little room, or
 * no program may be started, as Chromium is.
 */
function scratchInMemory() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < FILES_NEED || freemem() < ALL_NEEDS) return undefined;
  } catch {
    return undefined;
  }
  const made = mkdtempSync(join(MEMORY, 'colloquy-test-'));
  try {
    writeFileSync(join(made, 'program'), '', { mode: 0o755 });
    accessSync(join(made, 'program'), constants.X_OK);
    return made;
  } catch {
    rmSync(made, { recursive: true });
    return undefined;
  }
}

/** Scripts run beside each other, each on one core; each tells what it has to say when it ends. Gives whether it went well. */
async function run(script) {
  const started = Date.now();
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => said.push(bytes));
  const [status] = await once(child, 'close');
  process.stderr.write(`\n── ${script}\n${Buffer.concat(said)}── ${secondsSince(started)} s\n`);
  if (status === 0) return true;
  totals.failed += 1;
  broken.push(script);
  return false;
}

async function check(script) {
  if (await run(script)) totals.passed += 1;
}

/** Of all, the types are checked by a check of their own, beside the build; nothing is tested that could not be built. */
async function all() {
  const [isBuilt] = await Promise.all([!builds || run('build:unchecked'), ...CHECKS.map(check)]);
  if (!isBuilt) return;
  for (const { projects, workers } of RUNS) jest(['--selectProjects', ...projects, `--maxWorkers=${workers}`]);
}

async function some() {
  if (!builds || (await run('build'))) jest(args);
}

function secondsSince(started) {
  return Math.round((Date.now() - started) / 1000);
}

function jest(args) {
  const outputFile = join(scratch, 'result.json');
  const started = Date.now();
  const failedBefore = totals.failed;
  process.stderr.write(`\n── jest ${args.join(' ')}\n`);
  const { status, signal } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings',
      'node_modules/jest/bin/jest.js',
      ...args,
      '--json',
      `--outputFile=${outputFile}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, TMPDIR: scratch } },
  );
  if (signal !== null) process.stderr.write(`── the test runner itself was ended by ${signal}\n`);
  const result = readResult(outputFile);
  totals.passed += result.numPassedTests;
  totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  totals.skipped += result.numPendingTests + result.numTodoTests;
  countLeftOut(result.testResults ?? []);
  broken.push(...failuresIn(result.testResults ?? []));
  const unexplained = status !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0;
  if (unexplained) totals.failed += 1;
  rmSync(outputFile, { force: true });
  if (totals.failed > failedBefore) broken.push(args.join(' '));
  process.stderr.write(`── ${secondsSince(started)} s\n`);
}

/** The failed tests, each with its file, and the files that could not be run. */
function failuresIn(files) {
  return files.flatMap(({ name, status, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file} (the file itself)`];
    return failed.map(({ fullName }) => `${file}: ${fullName}`);
  });
}

/** A test that is left out without a word on why counts as failed. */
function countLeftOut(files) {
  for (const test of files.flatMap(({ assertionResults }) => assertionResults)) {
    if (test.status !== 'pending') continue;
    const why = /\[left out: (.*?)\]/.exec(test.fullName)?.[1];
    if (why === undefined && !partial) {
      totals.failed += 1;
      process.stderr.write(`── left out without a reason: ${test.fullName}\n`);
    } else if (why !== undefined) {
      leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
    }
  }
}

/** No file means that jest itself broke down: counted as a failure by the exit status. */
function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}

await (partial ? some() : all());
rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });

for (const name of broken) process.stderr.write(`── failed: ${name}\n`);
for (const [why, count] of leftOut) process.stderr.write(`── ${count} left out: ${why}\n`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
