import { createHook } from 'node:async_hooks';

/** By where it was set: Engine.IO keeps one of 30 s for a polling client that was cut while it did not ask. */
const HARMLESS = /[/\\]engine\.io[/\\]/;

const open = new Map<number, { readonly timer: object; readonly set: Error }>();

const hook = createHook({
  trackPromises: false,
  init(id, type, _trigger, timer) {
    if (type === 'Timeout') open.set(id, { timer, set: new Error('set') });
  },
  destroy(id) {
    open.delete(id);
  },
});

/** From here on it is written down where each timer of this process is set. */
export function watchTimers(): void {
  hook.enable();
}

function holdsTheProcess(timer: object): boolean {
  return 'hasRef' in timer && typeof timer.hasRef === 'function' && timer.hasRef() === true;
}

/** The first line of ours in a stack. */
function place({ stack = '' }: Error): string {
  const lines = stack.split('\n').filter((line) => line.includes('at ') && !/node:|open-timers/.test(line));
  return (lines[0] ?? stack).trim();
}

/** Where the timers were set that hold this process, but for those that end by themselves. */
export function timersLeftOpen(): readonly string[] {
  return [...open.values()]
    .filter(({ timer, set }) => holdsTheProcess(timer) && !HARMLESS.test(set.stack ?? ''))
    .map(({ set }) => `Timeout ${place(set)}`);
}
