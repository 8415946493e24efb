import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

export interface SentComment {
  readonly id: string;
  readonly postId: string;
  readonly body: string;
}

/** `lost`: the connection broke before an answer came, so whether the comment was recorded is not known. */
export type Outcome = { readonly status: number; readonly text: string; readonly type: string } | 'lost';

export interface WritersOptions {
  readonly count: number;
  readonly posts: readonly string[];
  readonly tokens: readonly string[];
  /** Asked anew before each request, since a restarted server has another port. */
  readonly address: () => Promise<string>;
  /** Sends a comment again after a 503 too, as its `Retry-After` asks a client to. */
  readonly patient?: boolean;
}

/**
 * People who comment without a pause over connections of their own, and send a comment again, with its id, until they
 * have an answer. Every comment ends in `acknowledged`, or in `refused` with what was said.
 */
export class Writers {
  readonly acknowledged = new Map<string, SentComment>();
  readonly refused: { readonly comment: SentComment; readonly outcome: Outcome }[] = [];
  /** Requests that broke without an answer. */
  lost = 0;
  readonly #options: WritersOptions;
  readonly #loops: Promise<void>[];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  #stopping = false;
  #heard: (() => void)[] = [];

  constructor(options: WritersOptions) {
    this.#options = options;
    this.#loops = Array.from({ length: options.count }, (_, writer) => this.#write(writer));
  }

  /** Resolves once so many comments are acknowledged. */
  async until(acknowledged: number): Promise<void> {
    while (this.acknowledged.size < acknowledged) {
      await new Promise<void>((resolve) => this.#heard.push(resolve));
    }
  }

  /** Lets each writer finish the comment that it is at. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#loops);
    this.#agent.destroy();
  }

  async #write(writer: number): Promise<void> {
    const { posts, tokens } = this.#options;
    const token = tokens[writer % tokens.length] ?? '';
    for (let number = 0; !this.#stopping; number += 1) {
      const postId = posts[(writer + number) % posts.length] ?? '';
      const comment = { id: randomUUID(), postId, body: `Comment ${number} of writer ${writer}` };
      const outcome = await this.#deliver(comment, token);
      if (outcome !== 'lost' && outcome.status === 201) this.acknowledged.set(comment.id, comment);
      else this.refused.push({ comment, outcome });
      for (const tell of this.#heard.splice(0)) tell();
    }
  }

  async #deliver(comment: SentComment, token: string): Promise<Outcome> {
    for (;;) {
      const address = await this.#options.address();
      const outcome = await sendComment({ address, agent: this.#agent }, comment, token);
      if (outcome === 'lost') this.lost += 1;
      else if (outcome.status !== 503 || this.#options.patient !== true) return outcome;
    }
  }
}

/** Posts a comment once. */
export function sendComment(
  to: { readonly address: string; readonly agent?: Agent },
  { id, postId, body }: SentComment,
  token: string,
): Promise<Outcome> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const options = { method: 'POST', headers, ...(to.agent === undefined ? {} : { agent: to.agent }) };
  return new Promise((resolve) => {
    const sent = request(`${to.address}/api/v1/posts/${postId}/comments`, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        const type = response.headers['content-type'] ?? '';
        resolve(response.complete ? { status: response.statusCode ?? 0, text, type } : 'lost');
      });
      response.on('error', () => resolve('lost'));
    });
    sent.on('error', () => resolve('lost'));
    sent.end(JSON.stringify({ id, body }));
  });
}
