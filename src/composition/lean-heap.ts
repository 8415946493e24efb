import { setFlagsFromString } from 'node:v8';

/** How much what is in memory may grow before what is left of it is looked for, in percent. */
const GROWTH = 50;
/** V8 decides by itself, as it did when the program began. */
const BY_ITSELF = 0;

/**
 * Has Node look for what nobody needs once the heap has grown by half, where it would wait until there is three times as
 * much: an hour in which thousands of mails are written takes no more memory than one without. Called when a server is
 * ready, since a heap that grows from nothing would be looked through again and again. A program that runs from its
 * sources is a test, and keeps what its process was given.
 *
 * What it gives is called before the server ends: V8 has one mark for all its settings, and what is kept of a program at
 * its end (bin/run-program.cjs) is of no use to a start whose mark is another.
 */
export function keepHeapLean(): () => void {
  if (import.meta.url.endsWith('.ts')) return () => undefined;
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  return () => setFlagsFromString(`--heap-growing-percent=${BY_ITSELF}`);
}
