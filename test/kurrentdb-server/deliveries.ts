import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { eventAnswer, type IdForm } from './answers.ts';
import type { FaultSettings, Faults } from './faults.ts';
import type { Outlet } from './outlet.ts';
import { Refused } from './proposals.ts';
import type { StoredRecord } from './records.ts';
import { unavailable } from './rpc-errors.ts';

/** What one subscription is told, with the faults that are switched on. */
export class Deliveries {
  readonly #faults: Faults;
  readonly #outlet: Outlet;
  readonly #ids: IdForm;
  /** The fault that this subscription has met, once it has. */
  #end: FaultSettings['subscriptions'];
  /** How many further events it gets before that fault takes hold. */
  #left = 0;
  #before: StoredRecord | undefined;
  #held: StoredRecord | undefined;

  constructor(faults: Faults, outlet: Outlet, ids: IdForm) {
    this.#faults = faults;
    this.#outlet = outlet;
    this.#ids = ids;
  }

  /** Whether the subscription is to end here; throws Refused when with an error, and never resolves when in silence. */
  async areOver(): Promise<boolean> {
    if (this.#end === undefined) {
      this.#end = this.#faults.take('subscriptions');
      this.#left = this.#end?.afterEvents ?? 0;
    }
    if (this.#end === undefined || this.#left > 0) return false;
    await this.#sayHeld();
    if (this.#end.end === 'error') throw new Refused(unavailable('The subscription was broken off.'));
    if (this.#end.end === 'silence') await new Promise(() => {});
    return true;
  }

  /** False when the subscription is over and the event was not delivered. */
  async deliver(record: StoredRecord): Promise<boolean> {
    await this.#faults.mayAnswer();
    if (this.#end !== undefined && this.#left === 0) return false;
    this.#left -= 1;
    await this.#say(record);
    this.#before = record;
    return this.#outlet.isOpen;
  }

  async tell(answer: streams.ReadResp): Promise<void> {
    await this.#sayHeld();
    await this.#outlet.say(answer);
  }

  async #say(record: StoredRecord): Promise<void> {
    const { deliveries } = this.#faults.settings;
    if (deliveries === 'swapped' && this.#held === undefined) {
      this.#held = record;
      setTimeout(() => this.#sayHeld().catch(() => {}), LONGEST_HELD_MS).unref();
      return;
    }
    await this.#outlet.say(eventAnswer(record, this.#ids));
    await this.#sayHeld();
    if (deliveries === 'twice') await this.#outlet.say(eventAnswer(record, this.#ids));
    if (deliveries === 'older-again' && this.#before !== undefined) {
      await this.#outlet.say(eventAnswer(this.#before, this.#ids));
    }
  }

  /** An event that waits for its neighbour to overtake it. */
  async #sayHeld(): Promise<void> {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    await this.#outlet.say(eventAnswer(held, this.#ids));
  }
}

/** An event that no neighbour follows is not held back for longer. */
const LONGEST_HELD_MS = 50;
