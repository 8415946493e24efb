import { timersLeftOpen, watchTimers } from './open-timers.ts';

/** By which Jest tells a worker that there are no more files for it: the first element of a message. */
const END = 2;
/** The standard streams; timers are told with where they were set. */
const NOT_HERE = new Set(['PipeWrap', 'TTYWrap', 'Timeout']);
/** Jest ends a worker by force after half a second. */
const TOLD_AFTER_MS = 300;

function isEnd(message: unknown): boolean {
  return Array.isArray(message) && message[0] === END;
}

function leftOpen(): readonly string[] {
  return [...process.getActiveResourcesInfo().filter((kind) => !NOT_HERE.has(kind)), ...timersLeftOpen()];
}

function endUnlessLeftOpen(): void {
  if (leftOpen().length === 0) process.exit();
}

/**
 * Ends a worker when Jest tells it, unless a test has left a server, socket, timer, program or thread behind: Jest waits half a
 * second for that, and then says that tests leak. Node would spend longer on giving back the memory of so many modules.
 */
export function endWorkerInTime(): void {
  process.once('beforeExit', () => process.exit());
  if (process.send === undefined) return;
  watchTimers();
  const told = (message: unknown): void => {
    if (!isEnd(message)) return;
    process.off('message', told);
    endUnlessLeftOpen();
    setTimeout(() => {
      endUnlessLeftOpen();
      process.stderr.write(`── left open by tests: ${leftOpen().join(', ')}\n`);
    }, TOLD_AFTER_MS).unref();
  };
  process.on('message', told);
}
