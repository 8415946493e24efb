import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Admission, LANES } from './admission.ts';
import type { Pass } from './lane.ts';
import type { TurnClock } from './turn.ts';

/** Time stands still, and turns pass when they are told to. */
class HandClock implements TurnClock {
  #now = 0;
  #soon: (() => void)[] = [];
  readonly #later: { readonly at: number; readonly work: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  soon(work: () => void): void {
    this.#soon.push(work);
  }

  after(milliseconds: number, work: () => void): void {
    this.#later.push({ at: this.#now + milliseconds, work });
  }

  get isAsked(): boolean {
    return this.#soon.length > 0;
  }

  async turn(): Promise<void> {
    for (const work of this.#soon.splice(0)) work();
    await Promise.resolve();
    await Promise.resolve();
  }

  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    const due = this.#later.filter(({ at }) => at <= this.#now);
    for (const one of due) {
      this.#later.splice(this.#later.indexOf(one), 1);
      one.work();
    }
    await this.turn();
  }
}

const ANSWER_WITHIN_MS = 1_000;
const { slots, perNetwork, perTurn, patience } = LANES.pages;

let clock: HandClock;
let admission: Admission;
let begun: Pass[];
let refused: string[];

beforeEach(() => {
  clock = new HandClock();
  admission = new Admission(ANSWER_WITHIN_MS, clock);
  [begun, refused] = [[], []];
});

async function ask(count: number, source?: EventEmitter, network?: string): Promise<void> {
  for (let asked = 0; asked < count; asked += 1) {
    const entering = admission.enter('pages', source, network);
    if (!(entering instanceof Promise)) begun.push(entering);
    else
      entering.then(
        (pass) => begun.push(pass),
        ({ code, retryAfterSeconds }) => refused.push(`${code} ${retryAfterSeconds}`),
      );
  }
  await Promise.resolve();
}

describe('whatever is asked for', () => {
  it('is told each time, also what waits and what is refused', async () => {
    let asked = 0;
    admission = new Admission(ANSWER_WITHIN_MS, clock, () => (asked += 1));
    await ask(slots + 1);
    await clock.pass(ANSWER_WITHIN_MS * patience);
    await admission.run('reads', () => Promise.resolve());
    expect({ asked, begun: begun.length, refused: refused.length }).toEqual({
      asked: slots + 2,
      begun: slots,
      refused: 1,
    });
  });
});

describe('a kind of work', () => {
  it('given no end of its work, has so much of it under way and refuses the rest when it has waited its time', async () => {
    await ask(slots + 100);
    for (let turns = 0; turns < 10; turns += 1) await clock.turn();
    expect({ begun: begun.length, ...stateOf() }).toEqual({ begun: slots, underWay: slots, waiting: 100, refused: 0 });
    await clock.pass(ANSWER_WITHIN_MS * patience - 1);
    expect(refused).toEqual([]);
    await clock.pass(1);

    expect(refused).toEqual(Array.from({ length: 100 }, () => 'overloaded 2'));
    expect({ begun: begun.length, ...stateOf() }).toEqual({ begun: slots, underWay: slots, waiting: 0, refused: 100 });
  });

  it('given work that ends, begins so much of what waits in each turn and no more', async () => {
    await ask(slots + 10);
    for (const pass of begun.splice(0)) pass.leave();
    for (let turns = 1; turns <= 3; turns += 1) {
      await clock.turn();
      expect(begun.length).toBe(turns * perTurn);
    }
  });

  it('given one that leaves twice, gives its slot once', async () => {
    await ask(slots + 2);
    begun[0]?.leave();
    begun[0]?.leave();
    for (let turns = 0; turns < 5; turns += 1) await clock.turn();

    expect({ begun: begun.length, ...stateOf() }).toEqual({
      begun: slots + 1,
      underWay: slots,
      waiting: 1,
      refused: 0,
    });
  });

  it('given a turn that has had its share, lets what comes wait for the next', async () => {
    await ask(1);
    await clock.pass(0);
    await ask(1);
    const before = begun.length;
    clockTakes(11);
    await ask(1);
    expect([before, begun.length]).toEqual([2, 2]);
    await clock.turn();
    expect(begun.length).toBe(3);
  });

  it('given who waits and goes away, keeps no place for it', async () => {
    await ask(slots);
    const source = new EventEmitter();
    await ask(5, source);
    source.emit('close');
    expect(stateOf()).toEqual({ underWay: slots, waiting: 0, refused: 0 });
  });

  it('given one network that asks for all of it, leaves the others room and does not ask itself each turn', async () => {
    await ask(slots + 100, undefined, '192.0.2.1');
    for (let turns = 0; turns < 20; turns += 1) await clock.turn();
    expect({ begun: begun.length, isAsked: clock.isAsked }).toEqual({ begun: perNetwork, isAsked: false });
    await ask(1, undefined, '192.0.2.2');
    for (let turns = 0; turns < 2; turns += 1) await clock.turn();

    expect({ begun: begun.length, waiting: stateOf().waiting }).toEqual({
      begun: perNetwork + 1,
      waiting: slots + 100 - perNetwork,
    });
  });

  it('given one that came after many of another network, lets them take turns', async () => {
    await ask(slots);
    const held = begun.splice(0);
    const order: string[] = [];
    for (const network of ['a', 'a', 'a', 'a', 'b', 'b'])
      void Promise.resolve(admission.enter('pages', undefined, network)).then((pass) => {
        order.push(network);
        pass.leave();
      });
    held[0]?.leave();
    for (let turns = 0; turns < 10; turns += 1) await clock.turn();

    expect(order.join('')).toBe('ababaa');
  });

  it('leaves the others their room', async () => {
    await ask(slots + 100);
    expect(admission.enter('writes')).not.toBeInstanceOf(Promise);
  });
});

function stateOf() {
  const { underWay, waiting, refused: no } = admission.state('pages');
  return { underWay, waiting, refused: no };
}

/** Time goes on within a turn. */
function clockTakes(milliseconds: number): void {
  const now = clock.now() + milliseconds;
  clock.now = () => now;
}
