import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';
import { renderText, type TextToRender } from './post-text.ts';

/** Characters that are rendered at once in some milliseconds: as long as a comment. */
const SHORT = 10_000;

/** Long texts are rendered rarely, since their HTML is kept; whoever publishes one may mend it at once. */
const ENDS_AFTER_MS = 10_000;

const thread = new AnsweringThread({
  program: programBeside(import.meta.url, 'render-post.worker'),
  name: 'markdown',
  instead: renderText,
  endsAfter: ENDS_AFTER_MS,
});

/** Like `renderPost`, but a long text is rendered in a thread of its own, so that it holds up nothing else. */
export function renderPostAside(source: string): Promise<string> {
  return aside({ source, original: null });
}

/** The same of `renderTranslation`. */
export function renderTranslationAside(source: string, original: string): Promise<string> {
  return aside({ source, original });
}

function aside(text: TextToRender): Promise<string> {
  const length = text.source.length + (text.original?.length ?? 0);
  return length <= SHORT ? Promise.resolve(renderText(text)) : thread.ask(text);
}
