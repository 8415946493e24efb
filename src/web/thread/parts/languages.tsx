import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { languageName } from '../../shell/i18n/language-names.ts';
import { nameOf } from './comment-head.tsx';
import type { CommentNode } from './comment-node.ts';
import { type Languages, useThread } from './context.ts';
import { isInOtherLanguage, readTranslations, translatedAtOnce } from './other-languages.ts';
import { WithTranslations } from './translation-lines.tsx';

/** Folded for who does not read its language; its answers stay, which may be in another one. */
function InOtherLanguage({ node: { comment, marks }, children }: { node: CommentNode; children: ComponentChildren }) {
  const { page, translator } = useThread();
  const isOpened = useRef(false);
  isOpened.current ||= marks.form !== null || page.done?.commentId === comment.id || page.named === comment.id;
  const language = languageName(comment.language ?? '', translator);
  const read = readTranslations(comment, page).map((line) => languageName(line.language, translator));
  return (
    <details class="ignored" open={isOpened.current}>
      <summary dir="auto">
        {translator.t('comment.inLanguage', { language, name: nameOf(comment, translator) })}
        {read.length > 0 && ` – ${translator.t('comment.translatedInto', { languages: read.join(', ') })}`}
      </summary>
      {children}
    </details>
  );
}

export const languages: Languages = {
  WithTranslations,
  InOtherLanguage,
  isInOtherLanguage,
  isFolded: (comment, { page, translated }) =>
    isInOtherLanguage(comment, page) && translatedAtOnce(comment, translated) === null,
};
