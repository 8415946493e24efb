import { parentPort } from 'node:worker_threads';
import type { Compared, Comparing } from './text-diffs.ts';
import { wordDiff } from './word-diff.ts';

parentPort?.on('message', ({ id, before, after }: Comparing) => {
  const parts = wordDiff(before, after);
  parentPort?.postMessage({ id, parts } satisfies Compared);
});
