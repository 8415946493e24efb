import type * as Globals from '@jest/globals';

export let afterAll: typeof Globals.afterAll;
export let afterEach: typeof Globals.afterEach;
export let beforeAll: typeof Globals.beforeAll;
export let beforeEach: typeof Globals.beforeEach;
export let describe: typeof Globals.describe;
export let expect: typeof Globals.expect;
export let it: typeof Globals.it;
export let jest: typeof Globals.jest;
export let test: typeof Globals.test;

/** Helpers of tests are loaded once for many test files, and import this for `@jest/globals`: they get those of the file that runs. */
export function setTestGlobals(globals: typeof Globals): void {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
