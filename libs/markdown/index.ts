export { mostHtmlOf } from './bounds.ts';
export { readCommentAside, renderCommentAside } from './comment-aside.ts';
export { BARE_ADDRESS, escapeMarkdown, needsBrackets, plainTextToMarkdown } from './escape-markdown.ts';
export { commentExcerptOf, excerptOf, headOf, postExcerptOf } from './excerpt.ts';
export { MOST_COMMENT_IMAGES } from './images.ts';
export { letterTextOf } from './letter-text.ts';
export { type LinkedQuote, linkedQuotes, withoutQuotes } from './linked-quotes.ts';
export {
  mentionedHandles,
  plainTextOf,
  renderComment,
  renderExcerpt,
  renderPost,
  renderTranslation,
  seenInComment,
} from './markdown.ts';
export { renderPostAside, renderTranslationAside } from './render-post.ts';
