/**
 * One project a kind of test: `npm test -- --selectProjects unit` runs one of them. Files of a worker share the modules that they
 * import (test/runner), where loading them anew cost more than the tests.
 */
const project = (displayName, testMatch) => ({
  displayName,
  testMatch,
  testEnvironment: '<rootDir>/test/runner/shared-environment.ts',
  runtime: '<rootDir>/test/runner/shared-runtime.ts',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  setupFilesAfterEnv: ['<rootDir>/test/support/end-programs.ts'],
  transform: {},
});

export default {
  // Milliseconds: generous, so that a busy machine is no failure; every test waits for a condition.
  testTimeout: 60_000,
  // Of files whose times this machine does not know yet, those that are known to be slow begin.
  testSequencer: '<rootDir>/test/runner/slow-first.ts',
  // A worker whose heap is larger than this is replaced by a new one between two files.
  workerIdleMemoryLimit: '1GB',
  projects: [
    project('unit', ['<rootDir>/{src,libs}/**/*.spec.{ts,tsx}', '<rootDir>/test/kurrentdb-server/**/*.spec.ts']),
    project('rules', ['<rootDir>/test/rules/**/*.spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
    project('import', ['<rootDir>/test/import/**/*.spec.ts']),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts']),
    project('nodes', ['<rootDir>/test/nodes/**/*.spec.ts']),
    {
      ...project('browser', ['<rootDir>/test/browser/**/*.spec.ts']),
      globalSetup: '<rootDir>/test/runner/unpack-browser.ts',
      setupFilesAfterEnv: ['<rootDir>/test/support/end-programs.ts', '<rootDir>/test/browser/close-readers.ts'],
    },
  ],
};
