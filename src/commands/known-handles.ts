import type { EventStore } from '../../libs/event-store/index.ts';
import { versionsUpTo } from '../../libs/kernel/index.ts';
import { skeletonsOf } from '../domain/member/look-alikes.ts';
import { decoders } from './decoders.ts';

/** What the handles of all members look like: the log is read once, at the first question, and later from where it was left. */
export class KnownHandles {
  readonly #store: EventStore;
  readonly #holders = new Map<string, string>();
  #from = 0n;
  #reading: Promise<void> = Promise.resolve();

  constructor(store: EventStore) {
    this.#store = store;
  }

  /** Whether another member's handle cannot be told apart from this one. */
  async isLookAlike(handle: string, memberId: string): Promise<boolean> {
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readOn());
    await this.#reading;
    return skeletonsOf(handle).some((look) => (this.#holders.get(look) ?? memberId) !== memberId);
  }

  async #readOn(): Promise<void> {
    const filter = { types: versionsUpTo('MemberRegistered.v1') };
    for await (const event of this.#store.readAll({ after: this.#from, filter })) {
      const fact = decoders.member.read(event);
      this.#from = event.position;
      if (fact.type !== 'MemberRegistered.v1') continue;
      const { handle, memberId } = fact.data;
      for (const look of skeletonsOf(handle)) if (!this.#holders.has(look)) this.#holders.set(look, memberId);
    }
  }
}
