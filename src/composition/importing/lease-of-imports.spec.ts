import { expect, test } from '@jest/globals';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import { TakeLease } from '../../domain/lease/lease.commands.ts';
import { leaseDecider } from '../../domain/lease/lease.decider.ts';
import { Lease } from '../../reactors/lease.ts';
import { LeaseOfImports } from './lease-of-imports.ts';

/** A log of this one stream. */
class LeaseLog {
  readonly events: RecordedEvent[] = [];
  readonly #state = leaseDecider.initial();

  readonly commands: Commands = {
    execute: async (command) => {
      if (!(command instanceof TakeLease)) throw new Error('nobody sends another command');
      const facts = leaseDecider.decide(command, this.#state, null);
      const { now: occurredAt, actor, correlationId, causationId } = command.meta;
      for (const { type, data } of facts) {
        const position = BigInt(this.events.length + 1);
        const envelope = { id: '', stream: 'lease-import', revision: position - 1n, position, recordedAt: occurredAt };
        const whole = { ...envelope, occurredAt, actor, correlationId, causationId };
        leaseDecider.evolve(this.#state, { type, data, personal: null, envelope: whole });
        this.events.push({ ...whole, type, data, sealed: null });
      }
      return { position: BigInt(this.events.length), revision: 0n, repeated: false, facts };
    },
  };

  async *readStream(): AsyncGenerator<RecordedEvent, void> {
    yield* this.events;
  }
}

test('the other nodes hear how far an import is, and may import as soon as it is over', async () => {
  const log = new LeaseLog();
  const node = (holder: string): LeaseOfImports =>
    new LeaseOfImports(new Lease(log.commands, { reactor: 'import', holder, tasks: [], lengthMs: 30_000 }), {
      holder,
      log,
    });
  const [one, other] = [node('one'), node('other')];
  expect([await one.take('mai'), await other.take('noy'), await one.elsewhere()]).toEqual([true, false, null]);
  const since = log.events[0]?.occurredAt;
  expect(await other.elsewhere()).toEqual({ since, comments: 0 });
  await one.keep(7);
  expect(await other.elsewhere()).toEqual({ since, comments: 7 });
  await one.release();
  expect([one.isHeld, await other.elsewhere(), await other.take('noy')]).toEqual([false, null, true]);
  expect(await one.elsewhere()).toMatchObject({ comments: 0 });
});
