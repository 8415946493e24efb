import { expect, test } from '@jest/globals';
import { SharedSync } from './shared-sync.ts';

/** Syncs that end when they are told to. */
class Disk {
  readonly begun: PromiseWithResolvers<void>[] = [];
  readonly shared = new SharedSync(() => {
    const sync = Promise.withResolvers<void>();
    this.begun.push(sync);
    return sync.promise;
  });
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('all who come during a sync share the next one, and nobody is answered by one that began before', async () => {
  const disk = new Disk();
  const done: string[] = [];
  const come = (who: string): Promise<void> => disk.shared.done().then(() => void done.push(who));
  const first = come('first');
  await turn();
  const later = [come('second'), come('third')];
  await turn();
  expect([disk.begun.length, done]).toEqual([1, []]);
  disk.begun[0]?.resolve();
  await first;
  await turn();
  expect([disk.begun.length, done]).toEqual([2, ['first']]);
  disk.begun[1]?.resolve();
  await Promise.all(later);
  expect(done).toEqual(['first', 'second', 'third']);
});

test('a sync that fails fails those who waited for it, and nobody after them', async () => {
  const disk = new Disk();
  const failed = disk.shared.done();
  await turn();
  const next = disk.shared.done();
  disk.begun[0]?.reject(new Error('the disk is full'));
  await expect(failed).rejects.toThrow('the disk is full');
  await turn();
  disk.begun[1]?.resolve();
  await next;
});
