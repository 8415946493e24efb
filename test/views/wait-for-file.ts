import { existsSync } from 'node:fs';

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Stops this thread until the file is there: how a test holds a build up for as long as it likes. */
export function waitForFile(file: string): void {
  while (!existsSync(file)) Atomics.wait(sleeper, 0, 0, 5);
}
