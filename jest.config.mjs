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

export default {
  // Milliseconds: generous, so that a busy machine is no failure; every test waits for a condition.
  testTimeout: 60_000,
  // Each file leaves its modules behind in its worker's memory, and a worker that must free much of it takes longer to end
  // than jest waits before it calls that a failure to exit. One that has so much is replaced by a new one between two files.
  workerIdleMemoryLimit: '256MB',
  projects: [
    project('unit', ['<rootDir>/{src,libs}/**/*.spec.{ts,tsx}', '<rootDir>/test/kurrentdb-server/**/*.spec.ts']),
    project('rules', ['<rootDir>/test/rules/**/*.spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
    project('import', ['<rootDir>/test/import/**/*.spec.ts']),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts']),
    project('nodes', ['<rootDir>/test/nodes/**/*.spec.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts']),
  ],
};
