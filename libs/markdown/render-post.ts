import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';
import { renderPost } from './markdown.ts';

/** Characters that are rendered at once in some milliseconds: as long as a comment. */
const SHORT = 10_000;

/** The thread ends when nothing waits: long texts are rendered rarely, since their HTML is kept. */
const thread = new AnsweringThread({
  program: programBeside(import.meta.url, 'render-post.worker'),
  name: 'markdown',
  instead: renderPost,
  endsIdle: true,
});

/** Like `renderPost`, but a long text is rendered in a thread of its own, so that it holds up nothing else. */
export function renderPostAside(source: string): Promise<string> {
  return source.length <= SHORT ? Promise.resolve(renderPost(source)) : thread.ask(source);
}
