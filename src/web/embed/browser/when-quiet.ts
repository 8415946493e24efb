/** Milliseconds without a key after which nobody types. */
const QUIET_MS = 1_000;

/** The text field with the keyboard; none where the window itself has not got it. */
function fieldInUse(): HTMLTextAreaElement | HTMLInputElement | null {
  const field = document.hasFocus() && document.activeElement;
  return field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field : null;
}

/** Resolves once the field was left, or nothing was typed in it for a while. */
function quiet(): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const end = (): void => {
      listening.abort();
      resolve();
    };
    let timer = setTimeout(end, fieldInUse() ? QUIET_MS : 0);
    const wait = (event: Event): void => {
      clearTimeout(timer);
      // A character that is being composed takes its time.
      if (!(event instanceof InputEvent && event.isComposing)) timer = setTimeout(end, QUIET_MS);
    };
    const { signal } = listening;
    for (const kind of ['input', 'compositionend']) document.addEventListener(kind, wait, { signal });
    const left = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, fieldInUse() ? QUIET_MS : 0);
    };
    document.addEventListener('focusout', left, { signal });
  });
}

/** Names the field that gets the keyboard in the page that comes, where the frame's program puts the caret. */
function hashOf(field: ReturnType<typeof fieldInUse>): string {
  if (!field) return '';
  const isText = field instanceof HTMLTextAreaElement;
  window.name = isText ? String(field.selectionEnd) : '1e9';
  return `#${isText ? field.id : (field.form?.querySelector('textarea')?.id ?? '')}`;
}

/**
 * Another page comes in place of this one, but not under the fingers of whoever writes in it. What is typed while it is on
 * its way keeps this page, for which it then is asked anew.
 */
export function whenQuiet(come: (hash: string) => void): void {
  void quiet().then(() => {
    come(hashOf(fieldInUse()));
    const again = (): void => {
      stop();
      whenQuiet(come);
    };
    document.addEventListener('input', again, { once: true });
  });
}
