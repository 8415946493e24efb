import { expect, jest, test } from '@jest/globals';
import { CommitSignal, newCommitSignal } from './commit-signal.ts';
import { CommitWatch } from './commit-watch.ts';

const NEVER_MS = 3_600_000;

jest.setTimeout(60_000);

test('wakes for a commit that fell between the mark and the wait', async () => {
  const signal = new CommitSignal(newCommitSignal());
  const watch = new CommitWatch(signal, () => 1, NEVER_MS);
  const mark = watch.mark();
  signal.wakeReaders();
  await new Promise<void>((resolve) => watch.wait(mark, resolve));
  watch.close();
});

test('wakes by the poll for a commit of another process, and when the file cannot be read', async () => {
  let dataVersion = 1;
  let broken = false;
  const version = (): number => {
    if (broken) throw new Error('the disk is gone');
    return dataVersion;
  };
  const watch = new CommitWatch(new CommitSignal(newCommitSignal()), version, 1);
  const before = watch.mark();
  dataVersion = 2;
  await new Promise<void>((resolve) => watch.wait(before, resolve));

  const after = watch.mark();
  broken = true;
  await new Promise<void>((resolve) => watch.wait(after, resolve));
  watch.close();
});

test('a cancelled wait is not woken, and leaves no timer', async () => {
  const signal = new CommitSignal(newCommitSignal());
  const watch = new CommitWatch(signal, () => 1, NEVER_MS);
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const woken = jest.fn();
  const cancel = watch.wait(watch.mark(), woken);
  expect(timers()).toBe(before + 1);
  cancel();
  expect(timers()).toBe(before);

  const mark = watch.mark();
  const other = new Promise<void>((resolve) => watch.wait(mark, resolve));
  signal.wakeReaders();
  await other;
  expect(woken).not.toHaveBeenCalled();
  watch.close();
});
