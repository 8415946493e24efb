import type { Fact, WithoutPersonal } from './event.ts';

/**
 * What is known of one stream without opening any personal part, for rules that ask about other streams than their own.
 * A decider may fold with it too, since a remembered fact has all that is asked for here.
 *
 * `evolve` accepts every stored fact. It may mutate and return the state that it was given: each stream has a state of
 * its own from `initial()`, which goes on with what is added to the stream. So an answer is read at once and not kept.
 */
export interface Fold<State, F extends Fact> {
  readonly initial: () => State;
  readonly evolve: (state: State, fact: WithoutPersonal<F>) => State;
}
