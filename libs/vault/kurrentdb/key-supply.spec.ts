import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../event-store/port.ts';
import { KeySupply } from './key-supply.ts';

/** A database that keeps a key when it is told to. */
class SlowDatabase {
  readonly #underWay: PromiseWithResolvers<void>[] = [];
  most = 0;

  put(): Promise<void> {
    const one = Promise.withResolvers<void>();
    this.#underWay.push(one);
    this.most = Math.max(this.most, this.#underWay.length);
    return one.promise;
  }

  get underWay(): number {
    return this.#underWay.length;
  }

  /** Everything that is under way, and what follows upon it, until there is nothing more. */
  async keepAll(): Promise<void> {
    for (; this.underWay > 0; await nextTurn()) this.#underWay.shift()?.resolve();
  }

  refuseAll(error: Error): void {
    for (const one of this.#underWay.splice(0)) one.reject(error);
  }
}

const AWAY = new StoreUnavailable('unreachable', 'the database is away');

test('no more keys are on their way at once than the client holds', async () => {
  const database = new SlowDatabase();
  const supply = new KeySupply(database, 64);
  await nextTurn();
  const takers = Array.from({ length: 100 }, () => supply.take());
  await nextTurn();
  await database.keepAll();
  const ids = new Set((await Promise.all(takers)).map(({ id }) => id.toString('hex')));
  expect([ids.size, database.most]).toEqual([100, 15]);
  await supply.close();
});

test('one is made for each that is taken, so that nobody meets the making of many', async () => {
  const database = new SlowDatabase();
  const supply = new KeySupply(database, 64);
  await database.keepAll();
  database.most = 0;
  for (let taken = 0; taken < 100; taken += 1) {
    await supply.take();
    while (database.underWay === 0) await nextTurn();
    await database.keepAll();
  }
  expect(database.most).toBe(1);
  await supply.close();
});

test('what cannot be made is told to who needs it, and tried again by the next', async () => {
  const database = new SlowDatabase();
  const supply = new KeySupply(database, 4);
  await nextTurn();
  const taking = supply.take();
  database.refuseAll(AWAY);
  await expect(taking).rejects.toBe(AWAY);
  const again = supply.take();
  await nextTurn();
  await database.keepAll();
  expect((await again).key).toHaveLength(32);
  await supply.close();
  await expect(supply.take()).rejects.toMatchObject({ reason: 'closed' });
});
