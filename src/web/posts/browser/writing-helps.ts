import { wordsOf } from '../../shell/browser/writing/compose-words.ts';
import { adoptComposingStyles } from '../../shell/browser/writing/composing-styles.ts';
import { takeDropped, takeImages } from '../../shell/browser/writing/taking-images.ts';
import { markByKeys, toolbarOf } from '../../shell/browser/writing/toolbar.ts';
import { type Translator } from '../../shell/i18n/translate.ts';

/**
 * The composer's toolbar and keys at a field for the text of a post, and pictures by its button, by paste and by drop. The
 * words of the page are those of `writeData`.
 */
export async function helpWriting(
  field: HTMLTextAreaElement,
  { memberId, page }: { readonly memberId: string; readonly page: Translator },
): Promise<void> {
  field.addEventListener('keydown', (event) => markByKeys(field, event));
  const words = await wordsOf(page);
  const taking = { memberId, page, words };
  adoptComposingStyles();
  field.before(toolbarOf(field, words.t, [takeImages(field, taking)]));
  takeDropped(`#${CSS.escape(field.id)}`, taking);
}
