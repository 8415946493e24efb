import { faultOfStatus } from './fault-of-status.ts';
import { type GuardedOptions, GuardedPosts } from './guarded-post.ts';
import { type PushContent, PushFault, type PushTarget, type PushTransport } from './port.ts';
import { endpointFault } from './target.ts';
import type { VapidKeys } from './vapid.ts';

export interface WebPushOptions extends GuardedOptions {
  /** Asked for each push, since the secret may not be known at the start. */
  readonly keys: () => VapidKeys;
  /** Where the operators of push services reach who sends: a mailto: or https: address. */
  readonly contact: () => string;
}

/** The package is read with the first push: no start waits for it. */
async function openMaker() {
  const { default: webPush } = await import('web-push');
  return webPush.generateRequestDetails;
}

let maker: ReturnType<typeof openMaker> | undefined;

/**
 * Sends pushes encrypted (RFC 8291) and signed (RFC 8292). web-push makes the requests and does not send them: it would read
 * answers of any length.
 */
export class WebPushTransport implements PushTransport {
  readonly #options: WebPushOptions;
  readonly #posts: GuardedPosts;

  constructor(options: WebPushOptions) {
    this.#options = options;
    this.#posts = new GuardedPosts(options);
  }

  async send({ endpoint, p256dh, auth }: PushTarget, { text, ...content }: PushContent): Promise<void> {
    const { keys, contact, allowed } = this.#options;
    if (endpointFault(endpoint, allowed) !== null) throw new PushFault('PRIVATE', { kind: 'final' });
    const vapidDetails = { subject: contact(), ...keys() };
    const { ttl: TTL, topic, urgency } = content;
    maker ??= openMaker();
    const requestOf = await maker;
    const made = requestOf({ endpoint, keys: { p256dh, auth } }, text, {
      vapidDetails,
      TTL,
      topic,
      urgency,
      contentEncoding: 'aes128gcm',
    });
    const headers = Object.fromEntries(Object.entries(made.headers).map(([name, value]) => [name, String(value)]));
    const { status, retryAfter } = await this.#posts.post(new URL(endpoint), { headers, body: made.body });
    if (status < 200 || status > 299) throw faultOfStatus(status, retryAfter);
  }

  close(): void {
    this.#posts.close();
  }
}
