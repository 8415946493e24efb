import { type FieldError } from '../../../libs/kernel/index.ts';
import { MOST_POLICY_WORDS } from '../../../libs/words/index.ts';
import { checkedList } from './list-check.ts';

/** Gathers what is wrong with the settings of one rule. */
export class RuleCheck {
  readonly errors: FieldError[] = [];
  readonly #rule: string;

  constructor(rule: string) {
    this.#rule = rule;
  }

  /** Lists are long and nearly always right: a message that costs something is made when it is needed. */
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
    const message = `must have ${MOST_POLICY_WORDS} entries at most; it has ${words.length}`;
    this.that(words.length <= MOST_POLICY_WORDS, 'words', message);
    for (const error of checkedList(words).errors) this.that(false, `words.${error.at}`, error.message);
  }
}
