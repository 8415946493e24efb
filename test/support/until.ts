import { setTimeout as pause } from 'node:timers/promises';

const WITHIN_MS = 30_000;

/** Resolves once the condition holds. Rejects after half a minute. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('what was waited for has not come');
    await pause(20);
  }
}
