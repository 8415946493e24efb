import { atOnce } from '../../../libs/kernel/index.ts';
import { MOST_POLICY_CHARACTERS, MOST_POLICY_WORDS } from '../../../libs/words/index.ts';
import { countCharacters, normalized } from '../text.ts';
import { foldWord } from './word-form.ts';

/** Entries of one list. */
const LONGEST_WORD = 100;
/** Characters of an entry that a message repeats. */
const MOST_QUOTED = 40;

/** A list of words as it is kept. */
export interface CheckedList {
  /** Trimmed, without blank lines; of two that are the same when folded, the first. All as they were sent where they are too many or too long. */
  readonly words: readonly string[];
  /** What each of them is when folded. */
  readonly forms: readonly string[];
  readonly errors: readonly WordError[];
}

export interface WordError {
  /** Its place in `words`. */
  readonly at: number;
  readonly message: string;
}

/** Why a list is longer than one may be; null when it is not. */
export function excessOf(words: readonly string[]): string | null {
  if (words.length > MOST_POLICY_WORDS) return `must have ${MOST_POLICY_WORDS} entries at most; it has ${words.length}`;
  const characters = words.reduce((sum, word) => sum + word.length, 0);
  if (characters <= MOST_POLICY_CHARACTERS) return null;
  return `must have ${MOST_POLICY_CHARACTERS} characters at most in all entries together; it has ${characters}`;
}

const checked = new WeakMap<readonly string[], CheckedList>();

/** Of a list that was sent, or of the `words` of one that was checked. */
export function checkedList(words: readonly string[]): CheckedList {
  return checked.get(words) ?? atOnce(checkingList(words));
}

/** Checks a list a word a step, for whoever does other things between: `checkedList` finds it done then. */
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

/** Lists are long and nearly always right: a message that costs something is made when it is needed. */
function complaints(word: string, form: string): readonly string[] {
  const wrong: string[] = [];
  if (countCharacters(word) > LONGEST_WORD) wrong.push(`must have ${LONGEST_WORD} characters at most`);
  if (!/[\p{L}\p{N}]/u.test(form)) wrong.push('holds neither letter nor digit');
  if (/^[\p{Script=Latin}\p{N}]$/u.test(form)) wrong.push('is a single letter, which every text holds');
  if (/^.{0,2}\*$/u.test(form)) wrong.push('needs three letters before its *');
  return wrong.map((message) => `${quoted(word)} ${message}`);
}

/** So that whoever pasted a long list finds the entry. */
export function quoted(entry: string): string {
  const characters = Array.from(entry.slice(0, 2 * MOST_QUOTED));
  return characters.length > MOST_QUOTED ? `“${characters.slice(0, MOST_QUOTED).join('')}…”` : `“${entry}”`;
}
