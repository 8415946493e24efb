export { absoluteHtml } from './absolute-html.ts';
export * from './feed.ts';
export * from './port.ts';
export * from './sitemap.ts';
