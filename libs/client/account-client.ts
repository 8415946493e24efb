import type { Http, RequestOptions } from './http.ts';
import type {
  AddedPasskey,
  FreshPassword,
  LinkLogin,
  LinkWish,
  ListOptions,
  SignInLinkWish,
  SubscriptionWish,
} from './requests.ts';

/**
 * How a member signs in, and on which devices: the part of the API that few programs need. Calls throw as
 * ColloquyClient's do.
 *
 *     const account = new AccountClient(forum.http);
 *     const { items } = await account.sessions();
 */
export class AccountClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** The devices on which the member is signed in, newest first. */
  sessions(list: ListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/sessions', {}, { query: list, ...options });
  }

  async endSession(id: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/sessions/${id}`, ...options });
  }

  /** Signs out on all devices but this one. */
  async endOtherSessions(options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: '/sessions', ...options });
  }

  /** What a browser needs to sign in with a passkey. */
  passkeyRequest(options?: RequestOptions) {
    return this.http.json('POST /api/v1/sessions/passkey-options', {}, options);
  }

  /** Keeps the session's token for later calls, as ColloquyClient's `signIn` does. */
  async signInWithPasskey(passkey: object, options?: RequestOptions) {
    const session = await this.http.json('POST /api/v1/sessions', {}, { body: { passkey }, ...options });
    this.http.token = session.token;
    return session;
  }

  /** Mails a link to sign in with, if the address has an account. */
  async askSignInLink(wish: SignInLinkWish, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'POST', path: '/sign-in-links', body: wish, ...options });
  }

  /** Asks for the newsletter at an address, whose holder confirms it by a mail. */
  async subscribe(wish: SubscriptionWish, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'POST', path: '/newsletter/subscriptions', body: wish, ...options });
  }

  /** Keeps the session's token for later calls, as ColloquyClient's `signIn` does. */
  async signInWithLink(login: LinkLogin, options?: RequestOptions) {
    const session = await this.http.json('POST /api/v1/sessions', {}, { body: login, ...options });
    this.http.token = session.token;
    return session;
  }

  /** Mails a link to choose a new password with, if the address has an account. */
  async askPasswordReset(wish: LinkWish, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'POST', path: '/password-resets', body: wish, ...options });
  }

  /** With the token of such a link; all sessions of the account end. */
  async resetPassword(token: string, password: string, options?: RequestOptions): Promise<void> {
    const path = `/password-resets/${encodeURIComponent(token)}`;
    await this.http.send({ method: 'PUT', path, body: { password }, ...options });
  }

  /** Mails the member a link that confirms the account's address. */
  async askConfirmation(options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'POST', path: '/members/me/confirmations', ...options });
  }

  /** The comments of imports and of guests that were written with the member's confirmed address. */
  claimableComments(options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me/claimable-comments', {}, options);
  }

  /** Makes all of them the member's own; what is claimed stays so. */
  claimComments(options?: RequestOptions) {
    return this.http.json('POST /api/v1/members/me/claimable-comments', {}, options);
  }

  /** What a browser needs to make a passkey. */
  passkeyCreation(fresh: FreshPassword = {}, options?: RequestOptions) {
    return this.http.json('POST /api/v1/members/me/passkeys/options', {}, { body: fresh, ...options });
  }

  addPasskey(passkey: AddedPasskey, options?: RequestOptions) {
    return this.http.json('POST /api/v1/members/me/passkeys', {}, { body: passkey, ...options });
  }

  async removePasskey(id: string, fresh: FreshPassword = {}, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/members/me/passkeys/${id}`, body: fresh, ...options });
  }

  offerSecondFactor(fresh: FreshPassword = {}, options?: RequestOptions) {
    return this.http.json('POST /api/v1/members/me/second-factor', {}, { body: fresh, ...options });
  }

  /** Turns the offered factor on, or makes new recovery codes of one that is on. */
  confirmSecondFactor(code: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/members/me/second-factor', {}, { body: { code }, ...options });
  }

  async turnOffSecondFactor(code: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: '/members/me/second-factor', body: { code }, ...options });
  }

  /** For admins, who help a member that lost the phone and the recovery codes. */
  async turnOffSecondFactorOf(memberId: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/members/${memberId}/second-factor`, ...options });
  }

  /** For admins, who sign a member out on all devices. */
  async endSessionsOf(memberId: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/members/${memberId}/sessions`, ...options });
  }
}
