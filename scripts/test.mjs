/**
 * All checks and all tests, one line at the end with the totals: `N passed, N failed` (`, N skipped`).
 * Arguments go to jest instead: `npm test -- --selectProjects unit libs/vault`.
 * Everything runs even when something before it failed; the exit status is 0 only when nothing did.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHECKS = ['check:format', 'check:types', 'check:imports', 'check:events'];
/** What shares the machine well runs on both cores; what kills servers, fills disks or drives browsers runs alone. */
const RUNS = [
  { projects: ['unit', 'rules', 'import'], workers: 2 },
  { projects: ['e2e'], workers: 2 },
  { projects: ['faults'], workers: 1 },
  { projects: ['nodes'], workers: 1 },
  { projects: ['browser'], workers: 1 },
];

const totals = { passed: 0, failed: 0, skipped: 0 };
/** How often each reason for which tests were left out was given: the end of their names, or of what they stand in. */
const leftOut = new Map();
const args = process.argv.slice(2);
/** A run of some tests by their names (`-t`) leaves the others out, and that is its purpose. */
const partial = args.length > 0;
const scratch = mkdtempSync(join(tmpdir(), 'colloquy-test-'));

function check(script) {
  process.stderr.write(`\n── ${script}\n`);
  const { status } = spawnSync('npm', ['run', '--silent', script], { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) totals.passed += 1;
  else totals.failed += 1;
}

function jest(args) {
  const outputFile = join(scratch, 'result.json');
  const started = Date.now();
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
    { stdio: ['ignore', 'ignore', 'inherit'] },
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
  for (const { projects, workers } of RUNS) jest(['--selectProjects', ...projects, `--maxWorkers=${workers}`]);
}
rmSync(scratch, { recursive: true, force: true });

for (const [why, count] of leftOut) process.stderr.write(`── ${count} left out: ${why}\n`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
