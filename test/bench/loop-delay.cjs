// Loaded into a server that is measured, before its program: how late its event loop is, from SIGUSR2 on until it ends.
// Writes nanoseconds to the file that LOOP_DELAY_FILE names.
const { writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const file = process.env.LOOP_DELAY_FILE;
if (isMainThread && file !== undefined) {
  // A timer of so many milliseconds, which the histogram counts in.
  const resolution = 10;
  const delays = monitorEventLoopDelay({ resolution });
  process.on('SIGUSR2', () => {
    delays.enable();
    delays.reset();
  });
  process.on('exit', () => {
    const late = (share) => Math.max(0, delays.percentile(share) - resolution * 1e6);
    if (delays.count > 0) writeFileSync(file, JSON.stringify({ p99: late(99), most: late(100) }));
  });
}
