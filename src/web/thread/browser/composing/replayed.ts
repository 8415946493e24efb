import { type Chosen, type Mark, marking } from '../../../shell/browser/writing/marking.ts';
import { MARK_KEYS } from '../../../shell/browser/writing/toolbar.ts';
import { typeIn } from '../../../shell/browser/writing/typing-in.ts';
import type { HeldKey } from '../held-keys.ts';

/** A press, with what stood in the field at it. */
export interface Press extends Chosen {
  readonly mark: Mark;
}

/** Does in the field that has the keyboard what was asked for before this program had come. */
export function replayKeys(held: readonly HeldKey[]): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLTextAreaElement)) return;
  const presses = held.flatMap(({ key, field: of, ...chosen }) => {
    const mark = MARK_KEYS[key.toLowerCase()];
    return of === field && mark !== undefined ? [{ ...chosen, mark }] : [];
  });
  const { value: text, selectionStart: from, selectionEnd: to } = field;
  const after = replayed(presses, { text, from, to });
  if (after === null) return;
  typeIn(field, { from: 0, to: text.length, insert: after.text, choose: [after.from, after.to] });
}

/** As if each press had counted at once: what was typed after it stands where it would have. Null where there is nothing to do. */
export function replayed(presses: readonly Press[], now: Chosen): Chosen | null {
  const [first] = presses;
  if (first === undefined) return null;
  let state: Chosen = first;
  for (const [n, press] of presses.entries()) {
    const after = marked(press.mark, state);
    const typed = typedSince(press, presses[n + 1] ?? now);
    // Whoever went elsewhere in the text meanwhile gets the last one, where the caret is now.
    if (typed === null) return marked(presses.at(-1)?.mark ?? press.mark, now);
    state = typed === UNCHANGED ? after : written(typed, after);
  }
  return state;
}

const UNCHANGED = Symbol('unchanged');

/** Null for what is not typed over what was chosen. */
function typedSince({ text, from, to }: Chosen, later: Chosen): string | typeof UNCHANGED | null {
  if (later.text === text) return later.from === from && later.to === to ? UNCHANGED : null;
  const [before, behind] = [text.slice(0, from), text.slice(to)];
  const end = later.text.length - behind.length;
  const isThere = end >= from && later.text.startsWith(before) && later.text.endsWith(behind);
  return isThere && later.from === end && later.to === end ? later.text.slice(from, end) : null;
}

function marked(mark: Mark, state: Chosen): Chosen {
  const { from, to, insert, choose } = marking(mark, state);
  const [start, end] = choose;
  return { text: state.text.slice(0, from) + insert + state.text.slice(to), from: from + start, to: from + end };
}

function written(typed: string, { text, from, to }: Chosen): Chosen {
  const caret = from + typed.length;
  return { text: text.slice(0, from) + typed + text.slice(to), from: caret, to: caret };
}
