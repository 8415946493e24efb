/** A key of the composer that was pressed before its program had come. */
export interface HeldKey {
  readonly field: HTMLTextAreaElement;
  readonly key: string;
  /** What stood in the field then, and which part of it was chosen. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const held: HeldKey[] = [];

function hold(event: KeyboardEvent): void {
  const { target: field, key } = event;
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing || !/^[bik]$/i.test(key))
    return;
  if (!(field instanceof HTMLTextAreaElement && field.matches('.composer:not(.report) textarea'))) return;
  event.preventDefault();
  held.push({ field, key, text: field.value, from: field.selectionStart, to: field.selectionEnd });
}

/** From now on the keys that mark a text are kept, and do not open what the browser has for them. */
export function holdKeys(): void {
  addEventListener('keydown', hold);
}

/** No key is kept any more; gives those that were. */
export function takeKeys(): readonly HeldKey[] {
  removeEventListener('keydown', hold);
  return held.splice(0);
}
