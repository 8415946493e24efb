export { excerptOf } from './excerpt.ts';
export { plainTextOf, renderComment, renderPost } from './markdown.ts';
export { renderPostAside } from './render-post.ts';
