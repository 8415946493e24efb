import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { PushTestDevice } from './push-device.ts';

/** A push as it came, opened by its device. */
export interface ReceivedPush {
  readonly device: PushTestDevice;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** How a push service answers a push. */
export type Answering = (push: ReceivedPush, answer: ServerResponse) => void;

const taken: Answering = (_, answer) => void answer.writeHead(201).end();

/** A push service on this machine that refuses what is not signed for it, and keeps what it is sent. */
export class PushTestService {
  readonly received: ReceivedPush[] = [];
  /** What is wrong with pushes that came; nothing is left out. */
  readonly faults: string[] = [];
  /** The key by which all pushes have to be signed. */
  publicKey = '';
  answering: Answering = taken;
  readonly #devices = new Map<string, PushTestDevice>();
  readonly #server = createServer((request, answer) => void this.#take(request, answer));
  #tell = Promise.withResolvers<void>();

  static async start(): Promise<PushTestService> {
    const service = new PushTestService();
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  /** For PUSH_SERVICES. */
  get origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the push service listens on no port');
    return `http://127.0.0.1:${address.port}`;
  }

  device(name: string): PushTestDevice {
    const device = new PushTestDevice(`${this.origin}/send/${name}`);
    this.#devices.set(`/send/${name}`, device);
    return device;
  }

  /** From now on as it did at the start. */
  takeAll(): void {
    this.answering = taken;
  }

  /** Resolves once so many pushes have come, of those that are meant. */
  async gets(count: number, isMeant: (push: ReceivedPush) => boolean = () => true): Promise<readonly ReceivedPush[]> {
    while (this.received.filter(isMeant).length < count) await this.#tell.promise;
    return this.received.filter(isMeant);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    try {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const device = this.#devices.get(request.url ?? '');
      if (device === undefined) return void answer.writeHead(404).end();
      this.#requireSigned(request);
      if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('the push is not encrypted');
      const payload = JSON.parse(device.open(body));
      const push = { device, headers: request.headers, bytes: body.length, payload };
      this.received.push(push);
      this.answering(push, answer);
    } catch (error) {
      this.faults.push(String(error));
      answer.writeHead(403).end();
    } finally {
      this.#tell.resolve();
      this.#tell = Promise.withResolvers();
    }
  }

  /** RFC 8292: a token for this origin, not too long, signed by the key that is named beside it. */
  #requireSigned({ headers }: IncomingMessage): void {
    const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
    const [head = '', claims = '', signature = ''] = token.split('.');
    const point = Buffer.from(key, 'base64url');
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
    const jwk = { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' };
    const signed = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    if (!signed) throw new Error('the token is not signed by its key');
    if (this.publicKey !== '' && key !== this.publicKey) throw new Error('the key is another than devices were told');
    const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
    if (aud !== this.origin) throw new Error(`the token is for ${aud}`);
    const left = exp - Date.now() / 1_000;
    if (!(left > 0 && left <= 86_400)) throw new Error(`the token holds for ${left} seconds`);
    if (!/^(mailto:|https:)/.test(sub)) throw new Error(`the sender is ${sub}`);
  }
}
