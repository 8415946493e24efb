/** A step in the life of a comment's texts after its posting, in the order of the log. */
export type TextStep =
  /** Another text replaced the earlier one; `unseenBefore` means that no reader saw the earlier one. */
  | { readonly kind: 'edited'; readonly position: bigint; readonly unseenBefore: boolean }
  /**
   * Policy, moderator or author took the comment away (`against`), or a moderator brought it back; `undoes` means that
   * the step took the decision before back.
   */
  | { readonly kind: 'decided'; readonly against: boolean; readonly undoes: boolean };

/**
 * The rule for a comment's former texts. Readers read a former text that they could read in its time, unless a decision
 * stands against it. A decision is about the text of its time alone: it stands until the comment is brought back with
 * that same text, or until it is undone. An approval after an edit clears the new text alone. The present text is not
 * judged here: it is readable when the comment is.
 * `first` and the results are positions of the texts' events.
 */
export function withheldTexts(first: bigint, steps: readonly TextStep[]): ReadonlySet<bigint> {
  const stands = standing(steps);
  const withheld = new Set<bigint>();
  let text = { position: first, isAgainst: false };
  steps.forEach((step, at) => {
    switch (step.kind) {
      case 'decided':
        if (stands[at]) text.isAgainst = step.against;
        break;
      case 'edited':
        if (text.isAgainst || step.unseenBefore) withheld.add(text.position);
        text = { position: step.position, isAgainst: false };
        break;
      default:
        step satisfies never;
    }
  });
  return withheld;
}

/**
 * The steps that were not undone. An undo that was itself undone brings the decision back. Only the decision before can
 * be undone.
 */
function standing(steps: readonly TextStep[]): readonly boolean[] {
  const stands: boolean[] = steps.map(() => true);
  let isUndone = false;
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step?.kind !== 'decided') continue;
    stands[at] = !isUndone;
    isUndone = step.undoes && !isUndone;
  }
  return stands;
}

/** The form of a step in `text_step`. */
const CODE = { edited: 0, editedUnseen: 1, back: 2, against: 3, undoneBack: 4, undoneAgainst: 5 } as const;

export function textStepCode(step: TextStep): number {
  if (step.kind === 'edited') return step.unseenBefore ? CODE.editedUnseen : CODE.edited;
  if (step.undoes) return step.against ? CODE.undoneAgainst : CODE.undoneBack;
  return step.against ? CODE.against : CODE.back;
}

/** Throws RangeError for a code that textStepCode never gives. */
export function textStepOf(code: number, position: bigint): TextStep {
  switch (code) {
    case CODE.edited:
    case CODE.editedUnseen:
      return { kind: 'edited', position, unseenBefore: code === CODE.editedUnseen };
    case CODE.back:
    case CODE.against:
      return { kind: 'decided', against: code === CODE.against, undoes: false };
    case CODE.undoneBack:
    case CODE.undoneAgainst:
      return { kind: 'decided', against: code === CODE.undoneAgainst, undoes: true };
    default:
      throw new RangeError(`${code} is no step of a comment's texts`);
  }
}
