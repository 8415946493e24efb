import { once } from 'node:events';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Refusal } from './rpc-errors.ts';

/** The answers to one read or subscription, written only as fast as the client takes them. */
export class Outlet {
  readonly #call: ServerWritableStream<streams.ReadReq, streams.ReadResp>;
  readonly #gone = new AbortController();

  constructor(call: ServerWritableStream<streams.ReadReq, streams.ReadResp>) {
    this.#call = call;
    for (const end of ['cancelled', 'close', 'error'] as const) call.on(end, () => this.#gone.abort());
  }

  get isOpen(): boolean {
    return !this.#gone.signal.aborted;
  }

  /** Aborts when nobody listens any more. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  async say(answer: streams.ReadResp): Promise<void> {
    if (!this.isOpen || this.#call.write(answer)) return;
    await once(this.#call, 'drain', { signal: this.gone }).catch(() => {});
  }

  end(): void {
    if (this.isOpen) this.#call.end();
  }

  fail(refusal: Refusal): void {
    if (this.isOpen) this.#call.emit('error', refusal);
  }
}
