import type { JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** What Jest keeps for one test file below a symbol of the global object. */
const KEPT_BY_JEST =
  /^(JEST_STATE_SYMBOL|EVENT_HANDLERS|TEST_TIMEOUT_SYMBOL|(LOG_ERRORS_BEFORE|WAIT_BEFORE)_RETRY|RETRY_\w+)$/;

function forgetTestFile(): void {
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (KEPT_BY_JEST.test(key.description ?? '')) Reflect.deleteProperty(globalThis, key);
  }
}

/**
 * The surroundings of a test file are the process itself: its own global object, and modules that the files before it have
 * loaded. What Jest and a file change there is put back when the file ends.
 */
export default class SharedEnvironment {
  readonly global = globalThis;
  readonly fakeTimers = null;
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly fakeTimersModern: ModernFakeTimers;
  readonly #console = globalThis.console;
  readonly #exit = process.exit;
  readonly #variables = { ...process.env };

  constructor({ projectConfig }: JestEnvironmentConfig) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    forgetTestFile();
  }

  getVmContext(): null {
    return null;
  }

  async setup(): Promise<void> {}

  async teardown(): Promise<void> {
    this.fakeTimersModern.dispose();
    globalThis.console = this.#console;
    process.exit = this.#exit;
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    forgetTestFile();
  }
}
