import { keepTrying } from './keep-trying.ts';
import type { LiveClient } from './live-client.ts';
import type { ClientMessages } from './live-messages.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { ColloquyProblem } from './problem.ts';

type Posted = ClientMessages['comment:post']['ack'];

/** Sends the contents of an outbox one after another, so that an answer follows the comment that it answers. */
export class OutboxSender {
  readonly #live: LiveClient;
  readonly #outbox: Outbox;
  readonly #onPosted: (posted: Posted) => void;
  #running: Promise<void> = Promise.resolve();

  constructor(live: LiveClient, outbox: Outbox, onPosted: (posted: Posted) => void) {
    this.#live = live;
    this.#outbox = outbox;
    this.#onPosted = onPosted;
  }

  /** Sends everything that waits, as long as this connection stands (the signal). */
  run(signal: AbortSignal): void {
    this.#running = this.#running.then(async () => {
      for (let entry = this.#outbox.next(); entry !== undefined && !signal.aborted; entry = this.#outbox.next()) {
        await this.#send(entry, signal);
      }
    });
  }

  async #send({ id, postId, parentId, body }: OutboxEntry, signal: AbortSignal): Promise<void> {
    this.#outbox.mark(id, 'sending');
    try {
      const posted = await keepTrying(
        () => this.#live.ask('comment:post', { id, postId, parentId, body }),
        signal,
        (problem) => this.#outbox.mark(id, 'sending', told(problem)),
      );
      if (posted === null) return this.#outbox.mark(id, 'waiting');
      this.#onPosted(posted);
      this.#outbox.drop((done) => done === id);
    } catch (failure) {
      this.#outbox.mark(id, 'failed', told(failure));
    }
  }
}

function told(failure: unknown): OutboxEntry['problem'] {
  if (failure instanceof ColloquyProblem) return { code: failure.code, detail: failure.detail };
  return { code: 'unexpected_answer', detail: failure instanceof Error ? failure.message : String(failure) };
}
