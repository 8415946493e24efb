import { type FieldError } from '../../../libs/kernel/index.ts';
import { checkedList, excessOf } from './list-check.ts';

/** Gathers what is wrong with the settings of one rule. */
export class RuleCheck {
  readonly errors: FieldError[] = [];
  readonly #rule: string;

  constructor(rule: string) {
    this.#rule = rule;
  }

  /** Lists are long and nearly always right, so an expensive message is made only when it is needed. */
  that(holds: boolean, field: string, message: string | (() => string)): void {
    if (holds) return;
    const told = typeof message === 'string' ? message : message();
    this.errors.push({ field: `rules.${this.#rule}.${field}`, message: told });
  }

  whole(field: string, value: number, { from, to }: { readonly from: number; readonly to: number }): void {
    const holds = Number.isInteger(value) && value >= from && value <= to;
    this.that(holds, field, `must be a whole number from ${from} to ${to}`);
  }

  words(words: readonly string[]): void {
    const excess = excessOf(words);
    this.that(excess === null, 'words', excess ?? '');
    for (const error of checkedList(words).errors) this.that(false, `words.${error.at}`, error.message);
  }
}
