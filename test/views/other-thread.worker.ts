import { runWithNextThread } from './next-thread.ts';

await runWithNextThread((next) => next);
