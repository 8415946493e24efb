import type { Fact, WithoutPersonal } from './event.ts';

/**
 * What is known of one stream without opening any personal part. `evolve` accepts every stored fact, and may mutate and
 * return the state that it was given, since each fold starts with a new `initial()`.
 */
export interface Fold<State, F extends Fact> {
  readonly initial: () => State;
  readonly evolve: (state: State, fact: WithoutPersonal<F>) => State;
}
