export { excerptOf } from './excerpt.ts';
export { plainTextOf, renderComment, renderPost } from './markdown.ts';
