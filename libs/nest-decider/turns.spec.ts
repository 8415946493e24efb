import { expect, test } from '@jest/globals';
import { Turns } from './turns.ts';

test('turns at one name follow each other, also behind one that failed, and the name is free afterwards', async () => {
  const turns = new Turns();
  const seen: string[] = [];
  const turn = (name: string, fails = false) =>
    turns.take('stream', async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (fails) throw new Error(name);
    });
  const [first, second, third] = await Promise.allSettled([turn('a', true), turn('b'), turn('c')]);
  expect([first.status, second.status, third.status]).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(turns.isWaitedFor('stream')).toBe(false);
});

test('turns at different names do not wait for each other', async () => {
  const turns = new Turns();
  const never = turns.take('one', () => Promise.withResolvers<void>().promise);
  expect(turns.isWaitedFor('two')).toBe(false);
  await expect(turns.take('two', () => Promise.resolve('done'))).resolves.toBe('done');
  expect(turns.isWaitedFor('one')).toBe(true);
  expect(never).toBeInstanceOf(Promise);
});
