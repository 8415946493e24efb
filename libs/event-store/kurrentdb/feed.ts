import type { AllStreamResolvedEvent, AllStreamSubscription, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { Position } from '../../kernel/index.ts';
import { decode, type StoredEvent } from './events.ts';
import type { Filter } from './filter.ts';
import { rawOfClient } from './raw-event.ts';

/** The events buffered here for a reader that is slower than the log. */
const BUFFERED = 256;

export type Woken = 'readable' | 'over' | 'silent';

/** One subscription of the client. It ends, fails or falls silent, and never comes back by itself. */
export class Feed {
  readonly #subscription: AllStreamSubscription;
  #over = false;
  #failure: unknown;
  #wake: ((woken: Woken) => void) | undefined;

  constructor(client: KurrentDBClient, { after, filter }: { readonly after: Position; readonly filter: Filter }) {
    const fromPosition = after === 0n ? 'start' : { commit: after, prepare: after };
    this.#subscription = client.subscribeToAll({ fromPosition, filter }, { highWaterMark: BUFFERED });
    this.#subscription.on('readable', () => this.#wake?.('readable'));
    this.#subscription.on('error', (error) => this.#end(error));
    this.#subscription.on('end', () => this.#end(undefined));
    this.#subscription.on('close', () => this.#end(undefined));
  }

  /** The reason why it has ended; undefined when it ended without a fault. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The next event that has arrived; undefined when there is none. Events of other kinds are left out. */
  read(): StoredEvent | undefined {
    for (;;) {
      const resolved: AllStreamResolvedEvent | null = this.#subscription.read();
      if (resolved === null) return undefined;
      const raw = rawOfClient(resolved);
      const stored = raw && decode(raw);
      if (stored !== undefined) return stored;
    }
  }

  /** Resolves when something may have come, when it is over, or when nothing has happened for so many milliseconds. */
  async wait(milliseconds: number): Promise<Woken> {
    if (this.#over) return 'over';
    let timer: NodeJS.Timeout | undefined;
    const woken = await new Promise<Woken>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(() => resolve('silent'), milliseconds);
    });
    clearTimeout(timer);
    this.#wake = undefined;
    return woken;
  }

  close(): void {
    this.#end(undefined);
    this.#subscription.unsubscribe().catch(() => undefined);
    this.#subscription.destroy();
  }

  #end(failure: unknown): void {
    this.#over = true;
    this.#failure ??= failure;
    this.#wake?.('over');
  }
}
