import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A WebSub hub on this machine that keeps what publishers tell it. */
export class HubTestServer {
  /** The topics of each ping, in the order in which they came. */
  readonly pings: (readonly string[])[] = [];
  /** How the next pings are answered. */
  status = 202;
  /** What pings were wrong. */
  readonly faults: string[] = [];
  readonly #server = createServer((request, answer) => void this.#take(request, answer));
  #tell = Promise.withResolvers<void>();

  static async start(): Promise<HubTestServer> {
    const hub = new HubTestServer();
    hub.#server.listen(0, '127.0.0.1');
    await once(hub.#server, 'listening');
    return hub;
  }

  get origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the hub listens on no port');
    return `http://127.0.0.1:${address.port}`;
  }

  get url(): string {
    return `${this.origin}/hub`;
  }

  /** Resolves with the newest ping once so many have come. */
  async gets(count: number): Promise<readonly string[]> {
    while (this.pings.length < count) await this.#tell.promise;
    return this.pings[count - 1] ?? [];
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    const topics = form.getAll('hub.url');
    const isMeant = request.method === 'POST' && request.url === '/hub' && form.get('hub.mode') === 'publish';
    if (!isMeant || form.getAll('hub.topic').join() !== topics.join()) this.faults.push(form.toString());
    this.pings.push(topics);
    answer.writeHead(this.status).end();
    this.#tell.resolve();
    this.#tell = Promise.withResolvers();
  }
}
