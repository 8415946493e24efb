import { runWithNextThread } from './next-thread.ts';

await runWithNextThread((next, now) => ({ ...next, previous: now }));
