import type { Ack, ClientMessage, ClientMessages, ServerMessage, ServerMessages } from './live-messages.ts';
import { ColloquyProblem } from './problem.ts';

/**
 * The part of a socket.io-client socket that is used here. The caller brings the socket, so that a page can load
 * socket.io-client after its first paint.
 *
 * const live = new LiveClient(io('/live', { auth: { token } }));
 */
export interface LiveSocket {
  readonly connected: boolean;
  /** True while the socket connects by itself again. */
  readonly active: boolean;
  on(event: string, listener: (value: unknown) => void): unknown;
  off(event: string, listener: (value: unknown) => void): unknown;
  timeout(milliseconds: number): { emitWithAck(message: string, payload: object): Promise<unknown> };
}

/** Milliseconds without an answer after which a message counts as lost. */
export const ANSWER_WITHIN_MS = 10_000;

/** One live connection, shared by the threads that a page shows. */
export class LiveClient {
  readonly #socket: LiveSocket;

  constructor(socket: LiveSocket) {
    this.#socket = socket;
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /**
   * Sends a message and gives its answer. Nothing is kept for later: without a connection it fails at once.
   * Throws ColloquyProblem: the forum's refusal, or `unreachable`, after which the message may have arrived or not.
   */
  async ask<M extends ClientMessage>(
    message: M,
    payload: ClientMessages[M]['payload'],
  ): Promise<ClientMessages[M]['ack']> {
    if (!this.#socket.connected) throw unreachable();
    const answer: unknown = await this.#socket
      .timeout(ANSWER_WITHIN_MS)
      .emitWithAck(message, payload)
      .catch((cause: unknown) => {
        throw unreachable(cause);
      });
    if (!isAck<M>(answer))
      throw new ColloquyProblem({ code: 'unexpected_answer', detail: 'The answer has no known form.' });
    if (!answer.ok) throw new ColloquyProblem(answer.error, answer.error.retryAfterSeconds);
    return answer;
  }

  /** Gives the function that stops listening. */
  onMessage<M extends ServerMessage>(message: M, listener: (payload: ServerMessages[M]) => void): () => void {
    return this.#listen(message, (payload) => {
      if (isMessage<M>(payload)) listener(payload);
    });
  }

  /** Called at each connection, the first one and every later one. */
  onConnected(listener: () => void): () => void {
    return this.#listen('connect', listener);
  }

  onDisconnected(listener: () => void): () => void {
    return this.#listen('disconnect', listener);
  }

  /**
   * Called when the forum refuses the connection: the socket does not try again by itself. Where the problem passes (a full
   * forum) `connectAgain` does, else it is refused for good (a bad token).
   */
  onRefused(listener: (problem: ColloquyProblem) => void): () => void {
    return this.#listen('connect_error', (error) => {
      if (!this.#socket.active) listener(refusalIn(error));
    });
  }

  #listen(event: string, listener: (value: unknown) => void): () => void {
    this.#socket.on(event, listener);
    return () => {
      this.#socket.off(event, listener);
    };
  }
}

function unreachable(cause?: unknown): ColloquyProblem {
  return new ColloquyProblem({ code: 'unreachable', detail: 'There is no live connection.' }, undefined, { cause });
}

/** What a `connect_error` tells: the forum's reason is in its `data`; an error without it comes from the connection itself. */
export function refusalIn(error: unknown): ColloquyProblem {
  const { data, message }: { readonly data?: unknown; readonly message?: unknown } = isObject(error) ? error : {};
  const told: { readonly code?: unknown; readonly detail?: unknown; readonly retryAfterSeconds?: unknown } = isObject(
    data,
  )
    ? data
    : {};
  const { code, detail, retryAfterSeconds } = told;
  return new ColloquyProblem(
    {
      code: typeof code === 'string' ? code : 'unexpected_answer',
      detail: typeof detail === 'string' ? detail : String(message),
    },
    typeof retryAfterSeconds === 'number' ? retryAfterSeconds : undefined,
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Both sides share the one map of messages (live-messages.ts), so the forum never sends another form under a name, and
 * the contents are not checked again.
 */
function isMessage<M extends ServerMessage>(payload: unknown): payload is ServerMessages[M] {
  return isObject(payload);
}

function isAck<M extends ClientMessage>(answer: unknown): answer is Ack<M> {
  if (!isObject(answer) || !('ok' in answer)) return false;
  if (answer.ok === true) return true;
  const error: { readonly code?: unknown; readonly detail?: unknown } =
    'error' in answer && isObject(answer.error) ? answer.error : {};
  return answer.ok === false && typeof error.code === 'string' && typeof error.detail === 'string';
}
