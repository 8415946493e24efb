import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { connectAgain } from './connect-again.ts';

/** A socket that the forum refused; what it is told, and how often it connected since. */
class RefusedSocket {
  readonly connected = false;
  active = false;
  connects = 0;
  readonly #listeners = new Map<string, (value: unknown) => void>();

  on(event: string, listener: (value: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  off(): void {}

  timeout(): { emitWithAck(): Promise<unknown> } {
    return { emitWithAck: () => Promise.reject(new Error('not connected')) };
  }

  connect(): void {
    this.connects += 1;
  }

  hear(event: string, data?: object): void {
    this.#listeners.get(event)?.(Object.assign(new Error('refused'), { data }));
  }
}

describe('a connection that the forum refused', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function refused(data: object, active = false): RefusedSocket {
    const socket = new RefusedSocket();
    socket.active = active;
    connectAgain(socket);
    socket.hear('connect_error', data);
    return socket;
  }

  it.each(['overloaded', 'rate_limited'])('with %s, is tried again after the told time and a little', (code) => {
    const socket = refused({ code, detail: 'Soon.', retryAfterSeconds: 7 });
    jest.advanceTimersByTime(7_000);
    expect(socket.connects).toBe(0);
    jest.advanceTimersByTime(500);
    expect(socket.connects).toBe(1);
    jest.advanceTimersByTime(60_000);
    expect(socket.connects).toBe(1);
  });

  it('again and again, waits longer each time, and 15 seconds at most; once it was taken, as at first', () => {
    const socket = new RefusedSocket();
    connectAgain(socket);
    const busy = { code: 'overloaded', detail: 'Soon.' };
    for (const longest of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]) {
      const before = socket.connects;
      socket.hear('connect_error', busy);
      jest.advanceTimersByTime(longest / 2 - 1);
      expect(socket.connects).toBe(before);
      jest.advanceTimersByTime(longest / 2 + 1);
      expect(socket.connects).toBe(before + 1);
    }
    socket.hear('connect');
    socket.hear('connect_error', busy);
    jest.advanceTimersByTime(500);
    expect(socket.connects).toBe(8);
  });

  it('for good, or where the socket tries again by itself, is left alone', () => {
    const sockets = [
      refused({ code: 'banned', detail: 'No.' }),
      refused({ code: 'overloaded', detail: 'Soon.' }, true),
    ];
    jest.advanceTimersByTime(60_000);
    expect(sockets.map(({ connects }) => connects)).toEqual([0, 0]);
  });
});
