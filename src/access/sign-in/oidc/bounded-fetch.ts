import type { CustomFetch } from 'openid-client';

/** The most that a provider says at once, in bytes: real answers have a few thousand. */
const LONGEST_ANSWER = 256 * 1024;

/** A provider whose answer is not read to its end. */
export class AnswerTooLong extends Error {
  constructor() {
    super(`the answer is longer than ${LONGEST_ANSWER} bytes`);
  }
}

/**
 * Fetches as `fetch` does, within `withinMs` for the whole answer and not only its head, and reads no more of it than a
 * provider has to say. Throws AnswerTooLong, and what `fetch` throws (`TimeoutError` for an answer that drips).
 */
export function boundedFetch(withinMs: number): CustomFetch {
  return async (url, { signal, body: sent = null, ...options }) => {
    const late = AbortSignal.timeout(withinMs);
    const body = sent instanceof Uint8Array ? Buffer.from(sent) : sent;
    const response = await fetch(url, {
      ...options,
      body,
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    const { status, statusText, headers } = response;
    const read = response.body === null ? null : await shortBodyOf(response.body);
    const decoded = new Headers(headers);
    for (const name of ['content-encoding', 'content-length']) decoded.delete(name);
    return new Response(read, { status, statusText, headers: decoded });
  };
}

/** Breaking off the loop ends the connection. */
async function shortBodyOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > LONGEST_ANSWER) throw new AnswerTooLong();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
