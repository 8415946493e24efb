/** The part of a whole, from 0 to 1. */
function partOf(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole));
}

/** How far the writer is in the text: by the caret while it is typed or moved. */
function caretIn({ selectionEnd, value }: HTMLTextAreaElement): number {
  return partOf(selectionEnd, value.length);
}

/** By what the screen shows of the field, whose own text is scrolled, or which the page scrolls past. */
function shownOf(field: HTMLTextAreaElement): number {
  const own = field.scrollHeight - field.clientHeight;
  if (own > 1) return partOf(field.scrollTop, own);
  const { top, height } = field.getBoundingClientRect();
  return partOf(-top, height - innerHeight);
}

/** A preview that is scrolled by itself shows about what its writer has before them in the field. */
export function followCaret(field: HTMLTextAreaElement, preview: HTMLElement): void {
  const show = (part: number): void => {
    preview.scrollTop = part * (preview.scrollHeight - preview.clientHeight);
  };
  document.addEventListener('selectionchange', () => {
    if (document.activeElement === field) show(caretIn(field));
  });
  field.addEventListener('selectionchange', () => show(caretIn(field)));
  field.addEventListener('scroll', () => show(shownOf(field)));
  addEventListener('scroll', () => show(shownOf(field)), { passive: true });
  // The preview of what was typed comes later than the caret.
  new ResizeObserver(() => {
    if (document.activeElement === field) show(caretIn(field));
  }).observe(preview.querySelector('.post-body') ?? preview);
}
