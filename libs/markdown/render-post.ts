import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';
import { renderPost } from './markdown.ts';

/** Characters that are rendered at once in some milliseconds: as long as a comment. */
const SHORT = 10_000;

/** It ends when nothing waits for it: long texts are seldom rendered, since whoever shows them keeps what they became. */
const thread = new AnsweringThread({
  program: programBeside(import.meta.url, 'render-post.worker'),
  name: 'markdown',
  instead: renderPost,
  endsIdle: true,
});

/** As `renderPost`, a long text in a thread of its own, so that it holds up nothing else. */
export function renderPostAside(source: string): Promise<string> {
  return source.length <= SHORT ? Promise.resolve(renderPost(source)) : thread.ask(source);
}
