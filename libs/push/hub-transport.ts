import { faultOfStatus } from './fault-of-status.ts';
import { type GuardedOptions, GuardedPosts } from './guarded-post.ts';
import { PushFault } from './port.ts';
import { endpointFault } from './target.ts';

/** Tells a hub (WebSub, W3C Recommendation of 2018) that feeds have changed. */
export class HubTransport {
  readonly #hub: string;
  readonly #allowed: readonly string[];
  readonly #posts: GuardedPosts;

  constructor(hub: string, options: GuardedOptions) {
    this.#hub = hub;
    this.#allowed = options.allowed;
    this.#posts = new GuardedPosts(options);
  }

  /**
   * Resolves when the hub has taken it. How publishers tell hubs is left open by WebSub; hubs know `hub.url` from
   * PubSubHubbub 0.3, and newer ones `hub.topic`. Throws PushFault.
   */
  async publish(topics: readonly string[]): Promise<void> {
    if (endpointFault(this.#hub, this.#allowed) !== null) throw new PushFault('PRIVATE', { kind: 'final' });
    const form = new URLSearchParams({ 'hub.mode': 'publish' });
    for (const topic of topics) form.append('hub.url', topic);
    for (const topic of topics) form.append('hub.topic', topic);
    const body = Buffer.from(form.toString());
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) };
    const { status, retryAfter } = await this.#posts.post(new URL(this.#hub), { headers, body });
    if (status < 200 || status > 299) throw faultOfStatus(status, retryAfter);
  }

  close(): void {
    this.#posts.close();
  }
}
