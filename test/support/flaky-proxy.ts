import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

type Mood = 'passing' | 'cut' | 'stalled' | 'swallowing';

/**
 * A network between a client and a server on this machine that can be broken and mended. It works on TCP, below HTTP/2:
 * what comes twice or in another order there is put right by TCP, or ends the connection, and so never reaches a reader.
 * Those two are switches of a subscription of the test server instead (`deliveries`, in test/kurrentdb-server/faults.ts).
 */
export class FlakyProxy {
  readonly #server: Server;
  readonly #target: () => number;
  readonly #pairs = new Set<Pair>();
  #mood: Mood = 'passing';
  #delayMs = 0;

  private constructor(server: Server, target: () => number) {
    this.#server = server;
    this.#target = target;
  }

  /** `target` is asked for each connection, since a server that was started again may have another port. */
  static async to(target: () => number): Promise<FlakyProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new FlakyProxy(server, target);
    server.on('connection', (near) => proxy.#accept(near));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return portOf(this.#server);
  }

  /** Both sides see their connections break, and new ones are refused right after they are made. */
  cut(): void {
    this.#mood = 'cut';
    for (const pair of this.#pairs) pair.break();
  }

  /** Connections stay and new ones are taken, but nothing passes; what was sent meanwhile arrives when it is healed. */
  stall(): void {
    this.#mood = 'stalled';
    for (const pair of this.#pairs) pair.stall();
  }

  /** Half-open: connections stay and new ones are taken, and all that is sent is lost. Healing ends those that lost something. */
  swallow(): void {
    this.#mood = 'swallowing';
    for (const pair of this.#pairs) pair.swallow();
  }

  /** All that is sent from now on arrives so many milliseconds later, in its order. */
  delay(milliseconds: number): void {
    this.#delayMs = milliseconds;
  }

  /** Everything passes again, at once. */
  heal(): void {
    this.#mood = 'passing';
    this.#delayMs = 0;
    for (const pair of this.#pairs) pair.pass();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(near: Socket): void {
    near.on('error', () => {});
    if (this.#mood === 'cut') {
      near.destroy();
      return;
    }
    const pair = new Pair(
      near,
      connect({ port: this.#target(), host: '127.0.0.1', noDelay: true }),
      () => this.#delayMs,
    );
    this.#pairs.add(pair);
    near.once('close', () => this.#pairs.delete(pair));
    if (this.#mood === 'stalled') pair.stall();
    if (this.#mood === 'swallowing') pair.swallow();
  }
}

/** A client's connection and the one to the server that goes with it. */
class Pair {
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #delayMs: () => number;
  #swallowing = false;
  #lossy = false;

  constructor(near: Socket, far: Socket, delayMs: () => number) {
    this.#near = near;
    this.#far = far;
    this.#delayMs = delayMs;
    this.#lead(near, far);
    this.#lead(far, near);
  }

  break(): void {
    this.#near.destroy();
    this.#far.destroy();
  }

  stall(): void {
    this.#near.pause();
    this.#far.pause();
  }

  swallow(): void {
    this.#swallowing = true;
    this.pass(true);
  }

  pass(stillSwallowing = false): void {
    if (!stillSwallowing) {
      this.#swallowing = false;
      if (this.#lossy) return this.break();
    }
    this.#near.resume();
    this.#far.resume();
  }

  #lead(from: Socket, to: Socket): void {
    let before = Promise.resolve();
    const inTurn = (act: () => void): void => {
      const wait = this.#delayMs();
      const due = wait === 0 ? Promise.resolve() : new Promise<void>((resolve) => setTimeout(resolve, wait));
      before = Promise.all([before, due]).then(act);
    };
    from.on('error', () => {});
    from.on('data', (bytes) => {
      if (this.#swallowing) this.#lossy = true;
      else inTurn(() => to.write(bytes));
    });
    from.on('close', () => {
      if (this.#swallowing) this.#lossy = true;
      else inTurn(() => to.destroy());
    });
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy is closed');
  return address.port;
}
