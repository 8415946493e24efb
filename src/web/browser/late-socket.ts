import type { LiveSocket } from '../../../libs/client/live-client.ts';

type Listener = (value: unknown) => void;

/** A live connection before socket.io-client is loaded: not connected, but listened to already. */
export class LateSocket implements LiveSocket {
  #socket: LiveSocket | undefined;
  readonly #listeners: (readonly [string, Listener])[] = [];

  attach(socket: LiveSocket): void {
    this.#socket = socket;
    for (const [event, listener] of this.#listeners.splice(0)) socket.on(event, listener);
  }

  get connected(): boolean {
    return this.#socket?.connected ?? false;
  }

  get active(): boolean {
    return this.#socket?.active ?? true;
  }

  on(event: string, listener: Listener): void {
    if (this.#socket) this.#socket.on(event, listener);
    else this.#listeners.push([event, listener]);
  }

  off(event: string, listener: Listener): void {
    this.#socket?.off(event, listener);
    const waiting = this.#listeners.findIndex(([name, known]) => name === event && known === listener);
    if (waiting >= 0) this.#listeners.splice(waiting, 1);
  }

  timeout(milliseconds: number): ReturnType<LiveSocket['timeout']> {
    if (this.#socket) return this.#socket.timeout(milliseconds);
    return { emitWithAck: () => Promise.reject(new Error('there is no connection yet')) };
  }
}
