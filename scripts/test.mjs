/**
 * All checks and all tests, one line at the end with the totals: `N passed, N failed` (`, N skipped`).
 * Arguments go to jest instead: `npm test -- --selectProjects unit libs/vault`.
 * Everything runs even when something before it failed; the exit status is 0 only when nothing did.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const CHECKS = ['check:format', 'check:types', 'check:imports', 'check:events'];
/**
 * Where files share no modules, each leaves its own behind in its worker's memory. One that must free much of it takes longer to
 * end than Jest waits before it calls that a failure to exit, so it is replaced in time.
 */
const APART = ['--workerIdleMemoryLimit=256MB'];
/** What shares the machine well runs on both cores; what kills servers, fills disks or drives browsers runs alone. */
const RUNS = [
  { projects: ['unit', 'rules'], workers: 2 },
  { projects: ['e2e'], workers: 2 },
  { projects: ['import'], workers: 2, memory: APART },
  { projects: ['faults'], workers: 1, memory: APART },
  { projects: ['nodes'], workers: 1, memory: APART },
  { projects: ['browser'], workers: 1, memory: APART },
];
/** What failed, by the name of its check or run. */
const broken = [];

const totals = { passed: 0, failed: 0, skipped: 0 };
/** How often each reason for which tests were left out was given: the end of their names, or of what they stand in. */
const leftOut = new Map();
const args = process.argv.slice(2);
/** A run of some tests by their names (`-t`) leaves the others out, and that is its purpose. */
const partial = args.length > 0;
/** What Node compiled, for the threads and programs that tests start by the hundred: it is most of their start. */
const COMPILED = resolve('node_modules/.cache/node');
const scratch = mkdtempSync(join(tmpdir(), 'colloquy-test-'));

function check(script) {
  process.stderr.write(`\n── ${script}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', script], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) totals.passed += 1;
  else {
    totals.failed += 1;
    broken.push(script);
  }
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
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: COMPILED } },
  );
  if (signal !== null) process.stderr.write(`── the test runner itself was ended by ${signal}\n`);
  const result = readResult(outputFile);
  totals.passed += result.numPassedTests;
  totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  totals.skipped += result.numPendingTests + result.numTodoTests;
  countLeftOut(result.testResults ?? []);
  const unexplained = status !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0;
  if (unexplained) totals.failed += 1;
  rmSync(outputFile, { force: true });
  if (totals.failed > failedBefore) broken.push(args.join(' '));
  process.stderr.write(`── ${Math.round((Date.now() - started) / 1000)} s\n`);
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

if (args.length > 0) {
  jest(args);
} else {
  for (const script of CHECKS) check(script);
  for (const { projects, workers, memory = [] } of RUNS) {
    jest(['--selectProjects', ...projects, `--maxWorkers=${workers}`, ...memory]);
  }
}
rmSync(scratch, { recursive: true, force: true });

for (const name of broken) process.stderr.write(`── failed: ${name}\n`);
for (const [why, count] of leftOut) process.stderr.write(`── ${count} left out: ${why}\n`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
