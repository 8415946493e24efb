import type { Translator } from '../../i18n/translate.ts';
import { IMAGE_TYPES } from './image-types.ts';
import type { ImageUploads } from './image-uploads.ts';
import type { ToolOfField } from './toolbar.ts';

export interface TakingParts {
  readonly memberId: string;
  /** The words of the page: of refusals, and of buttons that all forms have. */
  readonly page: Translator;
  /** The words of the composer. */
  readonly words: Translator;
}

const uploads = new WeakMap<HTMLTextAreaElement, Promise<ImageUploads>>();

/** The program that sends pictures is loaded with the first of them. */
function take(field: HTMLTextAreaElement, files: readonly File[], parts: TakingParts): void {
  if (field.readOnly || field.disabled || files.length === 0) return;
  const begun = uploads.get(field) ?? load(field, parts);
  uploads.set(field, begun);
  begun.then(
    (images) => images.take(files),
    () => uploads.delete(field),
  );
}

async function load(field: HTMLTextAreaElement, { memberId, page, words }: TakingParts): Promise<ImageUploads> {
  const { ImageUploads } = await import('./image-uploads.ts');
  return new ImageUploads(field, { memberId, t: words.t, page });
}

/** The button of the toolbar, which opens the device's own choice of files, and pictures that are pasted. */
export function takeImages(field: HTMLTextAreaElement, parts: TakingParts): ToolOfField {
  const chooser = document.createElement('input');
  chooser.type = 'file';
  chooser.accept = IMAGE_TYPES.join();
  chooser.multiple = true;
  chooser.hidden = true;
  chooser.addEventListener('change', () => {
    take(field, [...(chooser.files ?? [])], parts);
    chooser.value = '';
  });
  field.after(chooser);
  field.addEventListener('paste', (event) => {
    const { clipboardData: pasted } = event;
    // A copied table, or page, has a picture of itself beside its words.
    if (!pasted || pasted.files.length === 0 || pasted.types.includes('text/plain')) return;
    event.preventDefault();
    take(field, [...pasted.files], parts);
  });
  return { sign: 'picture', label: parts.words.t('compose.image'), press: () => chooser.click() };
}

/** Pictures that are dropped on a composer, whether somebody writes in it or not. */
export function takeDropped(fields: string, parts: TakingParts): void {
  const fieldUnder = ({ target, dataTransfer }: DragEvent): HTMLTextAreaElement | null => {
    const form = target instanceof Element && dataTransfer?.types.includes('Files') ? target.closest('form') : null;
    return form?.querySelector<HTMLTextAreaElement>(fields) ?? null;
  };
  document.addEventListener('dragover', (event) => {
    if (fieldUnder(event)) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const field = fieldUnder(event);
    if (!field || !event.dataTransfer) return;
    event.preventDefault();
    field.focus();
    take(field, [...event.dataTransfer.files], parts);
  });
}
