import type { MayBeUnreadable } from '../../../libs/client/index.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';

/** What stands in the place of a comment's text that nobody can show. */
export function goneKey({ unreadable }: MayBeUnreadable): MessageKey {
  return unreadable ? 'comment.unreadable' : 'comment.erased';
}

interface SaidProps {
  readonly text: string | null;
  /** What the text belongs to. */
  readonly of: MayBeUnreadable;
  readonly translator: Translator;
}

/** The words that go with an act: a note, a statement. Nothing where there are none, and a line where they cannot be read. */
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
