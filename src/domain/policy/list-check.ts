import { atOnce } from '../../../libs/kernel/index.ts';
import { MOST_POLICY_CHARACTERS, MOST_POLICY_WORDS } from '../../../libs/words/index.ts';
import { countCharacters, normalized } from '../text.ts';
import { foldWord } from './word-form.ts';

/** Entries of one list. */
const LONGEST_WORD = 100;
/** Characters of an entry that a message repeats. */
const MOST_QUOTED = 40;

/** A list of words as it is stored. */
export interface CheckedList {
  /**
   * The words, trimmed and without blank lines; of two that are equal when folded, the first stays. A list with too
   * many or too long entries is given as it was sent.
   */
  readonly words: readonly string[];
  /** The folded form of each word. */
  readonly forms: readonly string[];
  readonly errors: readonly WordError[];
}

export interface WordError {
  /** The entry's place in `words`. */
  readonly at: number;
  readonly message: string;
}

/** The reason why a list is too long; null when it is not. */
export function excessOf(words: readonly string[]): string | null {
  if (words.length > MOST_POLICY_WORDS) return `must have ${MOST_POLICY_WORDS} entries at most; it has ${words.length}`;
  const characters = words.reduce((sum, word) => sum + word.length, 0);
  if (characters <= MOST_POLICY_CHARACTERS) return null;
  return `must have ${MOST_POLICY_CHARACTERS} characters at most in all entries together; it has ${characters}`;
}

const checked = new WeakMap<readonly string[], CheckedList>();

/** The check of a list that was sent, or of the `words` of a checked list. */
export function checkedList(words: readonly string[]): CheckedList {
  return checked.get(words) ?? atOnce(checkingList(words));
}

/**
 * Checks a list one word a step, so that the caller can do other work between steps; `checkedList` then finds the
 * result.
 */
export function* checkingList(sent: readonly string[]): Generator<undefined, CheckedList> {
  const kept = new Map<string, string>();
  const forms: string[] = [];
  const errors: WordError[] = [];
  const isTooLong = excessOf(sent) !== null;
  for (const word of isTooLong ? [] : sent) {
    yield;
    const line = normalized(word);
    const form = foldWord(line);
    if (line === '' || kept.has(form || line)) continue;
    errors.push(...complaints(line, form).map((message) => ({ at: kept.size, message })));
    kept.set(form || line, line);
    forms.push(form);
  }
  const list = { words: isTooLong ? sent : [...kept.values()], forms, errors };
  checked.set(sent, list);
  checked.set(list.words, list);
  return list;
}

/** Lists are long and nearly always right, so an expensive message is made only when it is needed. */
function complaints(word: string, form: string): readonly string[] {
  const wrong: string[] = [];
  if (countCharacters(word) > LONGEST_WORD) wrong.push(`must have ${LONGEST_WORD} characters at most`);
  if (!/[\p{L}\p{N}]/u.test(form)) wrong.push('holds neither letter nor digit');
  if (/^[\p{Script=Latin}\p{N}]$/u.test(form)) wrong.push('is a single letter, which every text holds');
  if (/^.{0,2}\*$/u.test(form)) wrong.push('needs three letters before its *');
  return wrong.map((message) => `${quoted(word)} ${message}`);
}

/** The message quotes the entry, so that somebody who pasted a long list finds it. */
export function quoted(entry: string): string {
  const characters = Array.from(entry.slice(0, 2 * MOST_QUOTED));
  return characters.length > MOST_QUOTED ? `“${characters.slice(0, MOST_QUOTED).join('')}…”` : `“${entry}”`;
}
