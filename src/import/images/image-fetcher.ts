import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { MOST_IMAGE_BYTES } from '../../../libs/images/index.ts';
import { siteHostOf } from '../../../libs/kernel/index.ts';
import { ImageMissing } from './image-missing.ts';

/** From the first request until the last byte, in milliseconds. */
const PATIENCE_MS = 60_000;
const MOST_REDIRECTS = 5;
/** Requests under way to one host. */
const AT_ONCE = 2;
/** A host that failed to answer this often in a row is not asked again in this run. */
const MOST_SILENT = 5;
/** The most fetches of one run; the rest comes with the next one. */
const MOST_FETCHED = 50_000;
const MOST_FETCHED_BYTES = 20 * 1_024 ** 3;
/** A public address at which a cloud tells its machines' secrets (Azure); all others are private ones. */
const METADATA = ['168.63.129.16'];

export interface FetcherOptions {
  /** Hosts (with port, without `www.`) that may be asked: those that the export names as its site's. */
  readonly hosts: ReadonlySet<string>;
  /** Private addresses, or ranges as CIDR, that may be asked all the same. */
  readonly allowAddresses: readonly string[];
}

/**
 * Fetches images from the old site and from nowhere else: each address is checked at the connection, also after a
 * redirect, so that no name leads into the forum's own network.
 */
export class ImageFetcher {
  readonly #hosts: ReadonlySet<string>;
  readonly #http: RequestFilteringHttpAgent;
  readonly #https: RequestFilteringHttpsAgent;
  readonly #silent = new Map<string, number>();
  #fetched = 0;
  #bytes = 0;

  constructor({ hosts, allowAddresses }: FetcherOptions) {
    const options = {
      keepAlive: true,
      maxSockets: AT_ONCE,
      allowIPAddressList: [...allowAddresses],
      denyIPAddressList: METADATA,
    };
    this.#hosts = hosts;
    this.#http = new RequestFilteringHttpAgent(options);
    this.#https = new RequestFilteringHttpsAgent(options);
  }

  /** Throws ImageMissing. */
  async fetch(address: string): Promise<Buffer> {
    if (this.#fetched >= MOST_FETCHED || this.#bytes >= MOST_FETCHED_BYTES)
      throw new ImageMissing('more than one run fetches: run the import again');
    const host = siteHostOf(address);
    if ((this.#silent.get(host) ?? 0) >= MOST_SILENT) throw new ImageMissing(SILENT);
    try {
      const bytes = await this.#follow(new URL(address), AbortSignal.timeout(PATIENCE_MS));
      this.#silent.delete(host);
      this.#fetched += 1;
      this.#bytes += bytes.byteLength;
      return bytes;
    } catch (error) {
      if (error instanceof ImageMissing) throw error;
      if (isRefusedAddress(error)) throw new ImageMissing('its host has a private address', { cause: error });
      this.#silent.set(host, (this.#silent.get(host) ?? 0) + 1);
      throw new ImageMissing(SILENT, { cause: error });
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  async #follow(first: URL, signal: AbortSignal): Promise<Buffer> {
    let url = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      if (!this.#hosts.has(siteHostOf(url.href)))
        throw new ImageMissing(hop === 0 ? ELSEWHERE : 'the old site leads to another site');
      const answer = await this.#ask(url, signal);
      const { statusCode = 0, headers } = answer;
      if (statusCode === 200) return await wholeOf(answer);
      answer.destroy();
      const { location } = headers;
      if (statusCode < 300 || statusCode > 399 || location === undefined || !URL.canParse(location, url))
        throw new ImageMissing(`the old site answers ${statusCode}`);
      url = new URL(location, url);
    }
    throw new ImageMissing('the old site leads in a circle');
  }

  #ask(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const [{ request }, agent] = url.protocol === 'https:' ? [https, this.#https] : [http, this.#http];
    return new Promise((resolve, reject) => {
      request(url, { agent, signal, headers: { accept: 'image/*', 'user-agent': 'Colloquy (import of a blog)' } })
        .on('response', resolve)
        .on('error', reject)
        .end();
    });
  }
}

/** An image of a site that the export does not name. */
export const ELSEWHERE = 'on another site';
const SILENT = 'the old site does not answer';

async function wholeOf(answer: IncomingMessage): Promise<Buffer> {
  const tooLarge = new ImageMissing(`larger than ${MOST_IMAGE_BYTES} bytes`);
  if (Number(answer.headers['content-length'] ?? 0) > MOST_IMAGE_BYTES) {
    answer.destroy();
    throw tooLarge;
  }
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    const piece: Buffer = part;
    bytes += piece.byteLength;
    if (bytes > MOST_IMAGE_BYTES) throw tooLarge;
    parts.push(piece);
  }
  return Buffer.concat(parts);
}

/** The agent's own words for an address that it does not connect to. */
function isRefusedAddress(error: unknown): boolean {
  return /is not allowed\. Because/.test(String(error));
}
