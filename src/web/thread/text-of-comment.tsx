import type { Comment } from '../../../libs/client/index.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { shownHtml } from '../shell/shown-html.ts';

/** The comment that a page is about. */
export function TextOfComment({ comment, translator }: { comment: Comment; translator: Translator }) {
  const html = comment.bodyHtml ?? '';
  return (
    <blockquote
      class="quoted text"
      dir="auto"
      lang={comment.language ?? languageOf(html)}
      dangerouslySetInnerHTML={shownHtml(html, { from: 2, translator })}
    />
  );
}
