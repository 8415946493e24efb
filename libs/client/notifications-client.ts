import type { Http, RequestOptions } from './http.ts';
import type { NotificationChoice, PushWish } from './notification-shapes.ts';
import type { ListOptions } from './requests.ts';

/** A mail as it came in, with the HMAC of whoever delivers it. */
export interface SignedMail {
  readonly raw: Uint8Array<ArrayBuffer>;
  /** `sha256=` and hexadecimal digits. */
  readonly signature: string;
}

/**
 * What a member is told of. Calls throw as ColloquyClient's do.
 *
 *     const told = new NotificationsClient(forum.http);
 *     const { items, unread } = await told.notifications();
 *     if (items[0]) await told.markRead(items[0].position);
 */
export class NotificationsClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** Newest first. */
  notifications(list: ListOptions & { readonly filter?: 'all' | 'unread' } = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/notifications', {}, { query: list, ...options });
  }

  /** Everything that happened up to this position of the log. */
  markRead(upTo: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/notifications/read', {}, { body: { upTo }, ...options });
  }

  preferences(options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me/notifications', {}, options);
  }

  choose(choice: NotificationChoice, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/members/me/notifications', {}, { body: choice, ...options });
  }

  /** The devices that are told by push, and the key that a browser subscribes with. */
  pushDevices(options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me/push', {}, options);
  }

  /** The same device again is the same one. */
  addPushDevice(wish: PushWish, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/members/me/push', {}, { body: wish, ...options });
  }

  async removePushDevice(id: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/members/me/push/${id}`, ...options });
  }

  /** Hands over a mail that came in. */
  deliverMail({ raw: body, signature }: SignedMail, options?: RequestOptions) {
    const headers = { 'content-type': 'message/rfc822', 'colloquy-signature': signature };
    return this.http.json('POST /api/v1/inbound-mail', {}, { raw: { body, headers }, ...options });
  }

  follow(postId: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/posts/:id/follow', { id: postId }, options);
  }

  unfollow(postId: string, options?: RequestOptions) {
    return this.http.json('DELETE /api/v1/posts/:id/follow', { id: postId }, options);
  }

  mute(postId: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/posts/:id/mute', { id: postId }, options);
  }

  unmute(postId: string, options?: RequestOptions) {
    return this.http.json('DELETE /api/v1/posts/:id/mute', { id: postId }, options);
  }

  /** The discussions that the member follows, the newest first. */
  follows(list: ListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me/follows', {}, { query: list, ...options });
  }

  /** The discussions that the member mutes, the newest first. */
  mutes(list: ListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me/mutes', {}, { query: list, ...options });
  }

  /** The members whom the member ignores, the newest first. */
  ignores(list: ListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me/ignores', {}, { query: list, ...options });
  }

  async ignore(memberId: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'PUT', path: `/members/${memberId}/ignore`, ...options });
  }

  async heed(memberId: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/members/${memberId}/ignore`, ...options });
  }
}
