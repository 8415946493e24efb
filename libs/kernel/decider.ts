import type { Command } from './command.ts';
import type { Fact, Remembered } from './event.ts';

/**
 * The rules of one kind of stream as pure functions.
 *
 * `decide` is the only place that says no, with a `DomainError`; an empty list means that nothing needs to change.
 * `evolve` accepts every stored fact, and may mutate and return the state that it was given, since each load starts
 * with a new `initial()`.
 */
export interface Decider<State, C extends Command, F extends Fact, Needed = undefined> {
  readonly initial: () => State;
  readonly decide: (command: C, state: State, needed: Needed) => readonly F[];
  readonly evolve: (state: State, fact: Remembered<F>) => State;
}
