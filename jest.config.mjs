const swc = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    keepClassNames: true,
  },
  module: { type: 'es6' },
};

/** One project a kind of test: `npm test -- --selectProjects unit` runs one of them. */
const project = (displayName, testMatch) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  setupFilesAfterEnv: ['<rootDir>/test/support/end-programs.ts'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
});

/** Files of a worker share the modules that they import (test/runner), where loading them anew cost more than the tests. */
const shared = (displayName, testMatch) => ({
  ...project(displayName, testMatch),
  testEnvironment: '<rootDir>/test/runner/shared-environment.ts',
  runtime: '<rootDir>/test/runner/shared-runtime.ts',
  transform: {},
});

export default {
  // Milliseconds: generous, so that a busy machine is no failure; every test waits for a condition.
  testTimeout: 60_000,
  // A worker whose heap is larger than this is replaced by a new one between two files. Where files share no modules, each
  // leaves its own behind, so those runs have a lower limit (scripts/test.mjs).
  workerIdleMemoryLimit: '1GB',
  projects: [
    shared('unit', ['<rootDir>/{src,libs}/**/*.spec.{ts,tsx}', '<rootDir>/test/kurrentdb-server/**/*.spec.ts']),
    shared('rules', ['<rootDir>/test/rules/**/*.spec.ts']),
    shared('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
    project('import', ['<rootDir>/test/import/**/*.spec.ts']),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts']),
    project('nodes', ['<rootDir>/test/nodes/**/*.spec.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts']),
  ],
};
