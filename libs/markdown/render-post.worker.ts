import { parentPort } from 'node:worker_threads';
import { renderPost } from './markdown.ts';
import type { Rendered, Rendering } from './render-post.ts';

parentPort?.on('message', ({ id, source }: Rendering) => {
  parentPort?.postMessage({ id, html: renderPost(source) } satisfies Rendered);
});
