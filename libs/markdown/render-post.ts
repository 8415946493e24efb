import { Worker } from 'node:worker_threads';
import { renderPost } from './markdown.ts';

export interface Rendering {
  readonly id: number;
  readonly source: string;
}

export interface Rendered {
  readonly id: number;
  readonly html: string;
}

interface Waiting {
  readonly source: string;
  readonly resolve: (html: string) => void;
}

const PROGRAM = new URL(
  import.meta.url.endsWith('.ts') ? './render-post.worker.ts' : './render-post.worker.js',
  import.meta.url,
);
/** Characters that are rendered at once in some milliseconds: as long as a comment. */
const SHORT = 10_000;

const waiting = new Map<number, Waiting>();
let thread: Worker | null = null;
let asked = 0;

/**
 * As `renderPost`, a long text in a thread of its own, so that it holds up nothing else. The thread ends when nothing waits
 * for it: long texts are seldom rendered, since whoever shows them keeps what they became.
 */
export function renderPostAside(source: string): Promise<string> {
  if (source.length <= SHORT) return Promise.resolve(renderPost(source));
  const id = (asked += 1);
  return new Promise((resolve) => {
    waiting.set(id, { source, resolve });
    thread ??= startThread();
    thread.postMessage({ id, source } satisfies Rendering);
  });
}

function startThread(): Worker {
  const started = new Worker(PROGRAM, { execArgv: [], name: 'markdown' });
  started.on('message', ({ id, html }: Rendered) => {
    answer(id, html);
    if (waiting.size > 0) return;
    thread = null;
    void started.terminate();
  });
  started.on('error', () => undefined);
  started.once('exit', () => giveUp(started));
  started.unref();
  return started;
}

function answer(id: number, html: string): void {
  waiting.get(id)?.resolve(html);
  waiting.delete(id);
}

/** A thread that failed leaves its texts to this one. */
function giveUp(ended: Worker): void {
  if (thread !== ended) return;
  thread = null;
  for (const [id, { source }] of [...waiting]) answer(id, renderPost(source));
}
