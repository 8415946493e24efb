import { setTimeout as pause } from 'node:timers/promises';

const WITHIN_MS = 30_000;
/** Milliseconds between two looks: a twentieth of what was waited already, so that a long wait costs no processor. */
const [OFTEN_MS, SELDOM_MS] = [20, 100];

/** Resolves once the condition holds. Rejects after half a minute. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const begun = Date.now();
  while (!(await holds())) {
    const waited = Date.now() - begun;
    if (waited > WITHIN_MS) throw new Error('what was waited for has not come');
    await pause(Math.min(SELDOM_MS, Math.max(OFTEN_MS, waited / 20)));
  }
}
