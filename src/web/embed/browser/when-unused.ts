/** Milliseconds without the keyboard in a field after which nobody writes; a press of the form's button comes first. */
const QUIET_MS = 1_000;

/** Whether a field has the keyboard, also while the window itself has not. */
function isFieldInUse(): boolean {
  const { activeElement } = document;
  return activeElement instanceof HTMLTextAreaElement || activeElement instanceof HTMLInputElement;
}

/** Resolves once no field has had the keyboard for a while, at once where none has it. */
function unused(): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = (): void => {
      clearTimeout(timer);
      if (isFieldInUse()) return;
      timer = setTimeout(() => {
        listening.abort();
        resolve();
      }, QUIET_MS);
    };
    if (!isFieldInUse()) return resolve();
    const { signal } = listening;
    // A field that is left has the keyboard until the event is over.
    document.addEventListener('focusout', () => setTimeout(wait), { signal });
    document.addEventListener('focusin', wait, { signal });
  });
}

/**
 * Another page comes in place of this one, but never under the fingers of whoever writes in it: whatever is typed between
 * two pages is lost, or taken for keys. Whoever goes on writing while it is on its way keeps this page, for which it then
 * is asked anew.
 */
export function whenUnused(come: () => void): void {
  void unused().then(() => {
    come();
    const again = (): void => {
      if (!isFieldInUse()) return;
      document.removeEventListener('focusin', again);
      stop();
      whenUnused(come);
    };
    document.addEventListener('focusin', again);
  });
}
