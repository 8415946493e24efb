import { describe, it } from '@jest/globals';

/** What every test that is left out ends its name with; the run's summary lists them by it. */
const leftOut = (name: string, why: string): string => `${name} [left out: ${why}]`;

interface Where {
  readonly describe: (name: string, tests: () => void) => void;
  readonly it: (name: string, test: () => void | Promise<void>, milliseconds?: number) => void;
}

/** Tests that need what not every machine has: run when `why` is null, otherwise left out by a name that says why. */
export function unlessMissing(why: string | null): Where {
  if (why === null) return { describe, it };
  return {
    // biome-ignore lint/suspicious/noSkippedTests: the one place where tests are left out, each with its reason
    describe: (name, tests) => describe.skip(leftOut(name, why), tests),
    it: (name, test, milliseconds) => it.skip(leftOut(name, why), test, milliseconds),
  };
}
