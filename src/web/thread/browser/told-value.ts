import type { Changing } from '../parts/use-current.ts';

/** A value that announces its changes. */
export class ToldValue<Value> implements Changing<Value> {
  readonly #listeners = new Set<() => void>();
  #value: Value;

  constructor(value: Value) {
    this.#value = value;
  }

  readonly now = (): Value => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(value: Value): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }
}
