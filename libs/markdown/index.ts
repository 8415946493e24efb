export { mostHtmlOf } from './bounds.ts';
export { commentExcerptOf, excerptOf, headOf } from './excerpt.ts';
export { MOST_COMMENT_IMAGES } from './images.ts';
export { mentionedHandles, plainTextOf, renderComment, renderExcerpt, renderPost, seenInComment } from './markdown.ts';
export { renderPostAside } from './render-post.ts';
