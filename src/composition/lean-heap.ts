import { setFlagsFromString } from 'node:v8';

/** How much what is in memory may grow before what is left of it is looked for, in percent. */
const GROWTH = 50;
/** V8 decides by itself, as it did when the program began. */
const BY_ITSELF = 0;

/**
 * Has Node look for what nobody needs once the heap has grown by half, where it would wait until there is three times as
 * much, and lets each thread have less at hand: an hour in which thousands of mails are written takes little more memory than
 * one without. Called when a server is ready, since a heap that grows from nothing would be looked through again and again, and
 * since V8 makes smaller but slower programs of what it reads with `optimize-for-size`. A program that runs from its sources
 * is a test, and keeps what its process was given.
 *
 * What it gives is called before the server ends: V8 has one mark for all its settings, and what is kept of a program at
 * its end (bin/run-program.cjs) is of no use to a start whose mark is another.
 */
export function keepHeapLean(): () => void {
  if (import.meta.url.endsWith('.ts')) return () => undefined;
  for (const flag of [`--heap-growing-percent=${GROWTH}`, '--optimize-for-size']) setFlagsFromString(flag);
  return () => {
    for (const flag of [`--heap-growing-percent=${BY_ITSELF}`, '--no-optimize-for-size']) setFlagsFromString(flag);
  };
}
