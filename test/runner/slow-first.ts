import { createRequire } from 'node:module';
import { relative, sep } from 'node:path';
import type testSequencer from '@jest/test-sequencer';
import { SLOW_FILES } from './slow-files.ts';

const require = createRequire(import.meta.url);
const { default: Sequencer }: typeof testSequencer = require('@jest/test-sequencer');

type Tests = Parameters<InstanceType<typeof Sequencer>['sort']>[0];

/**
 * Starts the slowest files first, so that no worker is at a long one when the others are done. Jest does so by the times of
 * earlier runs; on a machine without any it goes by the size of files, which tells little of them.
 */
export default class SlowFirst extends Sequencer {
  override async sort(tests: Tests): Promise<Tests> {
    const sorted = await super.sort([...tests]);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** The place among the slow files; the same for all others, which stay in Jest's order. */
function rank({ path, context }: Tests[number]): number {
  const at = SLOW_FILES.indexOf(relative(context.config.rootDir, path).replaceAll(sep, '/'));
  return at === -1 ? SLOW_FILES.length : at;
}
