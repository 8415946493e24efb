import type { LiveSocket } from '../../../libs/client/live-client.ts';
import type { ThreadSource } from '../../../libs/client/thread-reader.ts';

/** What the thread's session talks through: loaded after the first paint, and asked for nothing before. */
export class Late implements LiveSocket, ThreadSource {
  #socket: LiveSocket | undefined;
  #rest: ThreadSource | undefined;

  attach(socket: LiveSocket, rest: ThreadSource): void {
    this.#socket = socket;
    this.#rest = rest;
  }

  get connected(): boolean {
    return this.#socket?.connected ?? false;
  }

  get active(): boolean {
    return this.#socket?.active ?? true;
  }

  readonly on: LiveSocket['on'] = (...listener) => this.#socket?.on(...listener);
  readonly off: LiveSocket['off'] = (...listener) => this.#socket?.off(...listener);
  readonly timeout: LiveSocket['timeout'] = (milliseconds) => loaded(this.#socket).timeout(milliseconds);
  readonly comments: ThreadSource['comments'] = (...read) => loaded(this.#rest).comments(...read);
  get http(): ThreadSource['http'] {
    return loaded(this.#rest).http;
  }
}

function loaded<Part>(part: Part | undefined): Part {
  if (part) return part;
  throw new Error('too early');
}
