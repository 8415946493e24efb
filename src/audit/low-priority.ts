import { setPriority } from 'node:os';

/** On Linux a priority is a thread's own; elsewhere it would be the whole program's, and is left alone. */
export function yieldToOthers(): void {
  if (process.platform === 'linux') setPriority(0, 19);
}
