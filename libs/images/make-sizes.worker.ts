import { setPriority } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { madeBytes, refusedBytes } from './made-bytes.ts';
import { ImageRefused, makeSizes } from './make-sizes.ts';

/** Milliseconds between two looks at the memory. */
const LOOK_MS = 20;
/** Of 19: readers come first, and the image still does when they are many. */
const LOW_PRIORITY = 10;

/**
 * A process for one image: its bytes come by standard input, and its sizes go to standard output. More memory than its
 * argument says ends it, however deep in a decoder it is.
 */
const mostMemory = Number(process.argv[2]);
setInterval(() => {
  if (process.memoryUsage.rss() > mostMemory) process.kill(process.pid, 'SIGKILL');
}, LOOK_MS).unref();
setPriority(LOW_PRIORITY);

async function answered(): Promise<Buffer> {
  try {
    return madeBytes(await makeSizes(await buffer(process.stdin), { together: true }));
  } catch (error) {
    if (!(error instanceof ImageRefused)) throw error;
    return refusedBytes(error);
  }
}

process.stdout.write(await answered());
