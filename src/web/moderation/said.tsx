import type { MayBeUnreadable } from '../../../libs/client/index.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';

/** The words in place of a text that nobody can show. */
export function goneKey({ unreadable }: MayBeUnreadable): MessageKey {
  return unreadable ? 'comment.unreadable' : 'comment.erased';
}

interface SaidProps {
  readonly text: string | null;
  /** The thing that the text belongs to. */
  readonly of: MayBeUnreadable;
  readonly translator: Translator;
}

/** The words of an act: a note or a statement. Nothing without words, and a line where they cannot be read. */
export function Said({ text, of, translator }: SaidProps) {
  if (text) {
    return (
      <p class="said" dir="auto" lang={languageOf(text)}>
        {text}
      </p>
    );
  }
  return of.unreadable ? <p class="hint">{translator.t('comment.unreadable')}</p> : null;
}
