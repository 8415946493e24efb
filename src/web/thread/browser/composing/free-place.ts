interface Place {
  readonly left: number;
  readonly top: number;
}

const GAP = 8;
const PRESSED = 'a, button, summary, input, textarea, select, label';

/** A place in the view for a button at what is selected: above it, else beside or below it, where nothing else is pressed. */
export function freePlace(
  button: HTMLElement,
  { comment, at }: { readonly comment: Element; readonly at: DOMRect },
): Place {
  const [width, height] = [button.offsetWidth, button.offsetHeight];
  const { clientWidth, clientHeight } = document.documentElement;
  const last = clientWidth - width - GAP;
  const [above, below] = [at.top - height - GAP, at.bottom + GAP];
  const left = Math.max(GAP, Math.min(at.left, last));
  const places: readonly Place[] = [
    { left, top: above },
    { left: last, top: above },
    ...(at.right + GAP <= last ? [{ left: at.right + GAP, top: at.top }] : []),
    { left: last, top: Math.max(at.top, GAP) },
    { left, top: below },
    { left: last, top: below },
  ];
  const inView = places.filter(({ top }) => top >= GAP && top + height <= clientHeight);
  const taken = [...(comment.querySelector(':scope > article')?.querySelectorAll(PRESSED) ?? [])].flatMap((element) => [
    ...element.getClientRects(),
  ]);
  const isFree = (place: Place): boolean =>
    !taken.some(
      (one) =>
        place.left < one.right &&
        one.left < place.left + width &&
        place.top < one.bottom &&
        one.top < place.top + height,
    );
  return inView.find(isFree) ?? inView[0] ?? { left, top: GAP };
}
