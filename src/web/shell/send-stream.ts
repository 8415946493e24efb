import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';

/**
 * Sends a page with one part that comes in pieces: everything before it at once, then each piece as soon as it exists,
 * then the rest. `page` is called with a placeholder for the part. Browsers show it as it comes, without a script.
 */
export function sendStreamedPage(
  page: (part: string) => JSX.Element,
  pieces: AsyncIterable<JSX.Element>,
  reply: FastifyReply,
): void {
  // Nobody can guess the mark, so no text on the page can be mistaken for it.
  const mark = randomUUID();
  const [before = '', after = ''] = render(page(mark)).split(mark);
  reply
    .code(200)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .header('vary', 'Accept-Language, Cookie')
    .send(Readable.from(htmlOf({ before, after }, pieces)));
}

async function* htmlOf(
  { before, after }: { readonly before: string; readonly after: string },
  pieces: AsyncIterable<JSX.Element>,
): AsyncGenerator<string> {
  yield `<!doctype html>${before}`;
  for await (const piece of pieces) yield `${render(piece)}\n`;
  yield after;
}
