import type { Fact, WithoutPersonal } from './event.ts';

/**
 * The knowledge of one stream without any personal part, for rules that ask about other streams than their own. A
 * decider may fold with it too, since a remembered fact has everything needed here.
 * `evolve` accepts every stored fact. It may mutate and return the given state: each stream has a state of its own from
 * `initial()`, which continues with the stream's new events. So an answer is read at once and not kept.
 */
export interface Fold<State, F extends Fact> {
  readonly initial: () => State;
  readonly evolve: (state: State, fact: WithoutPersonal<F>) => State;
}
