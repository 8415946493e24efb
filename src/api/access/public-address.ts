/** Where readers find the forum: for links, cookies, origins and the content security policy. */
export class PublicAddress {
  readonly #set: URL | null;
  #url: URL;

  /** `publicUrl` is the setting, or null when it is to be told by where the server listens. */
  constructor(publicUrl: string | null, host: string, port: number) {
    this.#set = publicUrl === null ? null : new URL(publicUrl);
    this.#url = this.#set ?? localUrl(host, port);
  }

  /** The port that was really taken, when PORT is 0. */
  listensOn(host: string, port: number): void {
    if (this.#set === null) this.#url = localUrl(host, port);
  }

  /** Scheme, host and port, without a slash at the end. */
  get origin(): string {
    return this.#url.origin;
  }

  get isSecure(): boolean {
    return this.#url.protocol === 'https:';
  }

  /**
   * Whether a page of this origin is the forum's own. Without PUBLIC_URL that is what the request was sent to, so that
   * localhost and 127.0.0.1 both work: cookies keep hosts apart already.
   */
  isOwn(origin: string, requestHost: string | undefined): boolean {
    if (origin === this.origin) return true;
    return this.#set === null && requestHost !== undefined && origin === `http://${requestHost}`;
  }
}

function localUrl(host: string, port: number): URL {
  const named = host.includes(':') ? `[${host}]` : host;
  return new URL(`http://${named}:${port}`);
}
