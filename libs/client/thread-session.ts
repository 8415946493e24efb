import type { LiveClient } from './live-client.ts';
import { newId } from './new-id.ts';
import { Outbox, type OutboxStorage } from './outbox.ts';
import { OutboxSender } from './outbox-sender.ts';
import type { Thread } from './thread-fold.ts';
import { type FollowerOptions, ThreadFollower } from './thread-follower.ts';

export interface SessionOptions extends FollowerOptions {
  /** Keeps unsent comments beyond this page. */
  readonly outbox?: OutboxStorage;
}

/**
 * One thread as a member follows it, who also writes: each comment is sent until it is known to be posted.
 *
 * const session = new ThreadSession({ rest, live, postId });
 * session.subscribe(() => render(session.state));
 * session.start();
 * session.post('Thank you.');
 */
export class ThreadSession extends ThreadFollower {
  readonly #live: LiveClient;
  readonly #postId: string;
  readonly #outbox: Outbox;
  readonly #sender: OutboxSender;

  constructor({ outbox, ...options }: SessionOptions) {
    super(options);
    this.#live = options.live;
    this.#postId = options.postId;
    this.#outbox = new Outbox(options.postId, outbox, () => this.showOutbox(this.#outbox.entries));
    this.#sender = new OutboxSender(options.live, this.#outbox, (posted) =>
      this.stored(posted.comment, posted.position),
    );
    this.showOutbox(this.#outbox.entries);
  }

  /** Shows the comment in the outbox at once and sends it as soon as there is a connection; gives the comment's id. */
  post(body: string, parentId: string | null = null): string {
    const id = newId();
    const writtenAt = new Date().toISOString();
    this.#outbox.add({ id, postId: this.#postId, parentId, body, writtenAt, state: 'waiting', problem: null });
    this.#send();
    return id;
  }

  /** Sends a refused comment again. */
  retry(id: string): void {
    this.#outbox.mark(id, 'waiting');
    this.#send();
  }

  /** Gives up a refused comment. */
  discard(id: string): void {
    this.#outbox.drop((unsent) => unsent === id);
  }

  /** Tells the others that this member is writing; call it every few seconds while it is. */
  typing(parentId: string | null = null): void {
    if (this.state.connection !== 'live') return;
    this.#live.ask('thread:typing', { postId: this.#postId, parentId }).catch(() => undefined);
  }

  protected override whenLive(signal: AbortSignal): void {
    this.#sender.run(signal);
  }

  protected override whenShown(thread: Thread): void {
    this.#outbox.drop((id) => thread.seen.has(id));
  }

  #send(): void {
    if (this.state.connection === 'live') this.#sender.run(this.signal);
  }
}
