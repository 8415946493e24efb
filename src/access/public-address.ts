import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/**
 * The values for the forum's own pages, and for requests that no page made, such as a typed address (Fetch Metadata).
 */
const OWN_SITES: ReadonlySet<unknown> = new Set(['same-origin', 'none']);

/** The Origin of a form on a page that tells nobody its address; Sec-Fetch-Site says then whose page it was. */
const WITHHELD = 'null';

/** The forum as authenticators know it. */
export interface RelyingParty {
  /** A name without scheme and port. */
  readonly id: string;
  readonly origin: string;
}

/** The address at which readers find the forum, for links, cookies, origins and the content security policy. */
export class PublicAddress {
  readonly #isSet: boolean;
  #url: URL;
  /** Stored as text, since every proof asks for it and URL would write it anew each time. */
  #origin: string;

  /** `publicUrl` is the setting, or null when the listening address decides. */
  constructor(publicUrl: string | null, host: string, port: number) {
    this.#isSet = publicUrl !== null;
    this.#url = publicUrl === null ? localUrl(host, port) : new URL(publicUrl);
    this.#origin = this.#url.origin;
  }

  /** Sets the port that was really taken, when PORT is 0. */
  listensOn(host: string, port: number): void {
    if (this.#isSet) return;
    this.#url = localUrl(host, port);
    this.#origin = this.#url.origin;
  }

  /** Scheme, host and port, without a final slash. */
  get origin(): string {
    return this.#origin;
  }

  get isSecure(): boolean {
    return this.#url.protocol === 'https:';
  }

  /**
   * Whether a page of another origin sent a request: of another site, or of a neighbour (another port, a sibling name),
   * whose requests carry the cookie whatever its SameSite says. A browser that sends no Origin (a script, an image, a
   * link) still sends Sec-Fetch-Site; a request without both comes from no browser. A link may lead here, since it
   * shows the answer to its reader alone.
   */
  isForeign({ origin, host, ...headers }: IncomingHttpHeaders, method = 'GET'): boolean {
    const site = headers['sec-fetch-site'];
    if (origin === WITHHELD && site === 'same-origin') return false;
    if (origin !== undefined) return !this.isOwn(origin, host);
    if (site === undefined || OWN_SITES.has(site)) return false;
    const isLink =
      method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
    return !isLink;
  }

  /** For whom passkeys are made (WebAuthn). Without PUBLIC_URL it is the name by which the request asked. */
  relyingParty(requestHost: string | undefined): RelyingParty | null {
    const isAskedByName = !this.#isSet && URL.canParse(`http://${requestHost ?? ''}`);
    return relyingParty(isAskedByName ? new URL(`http://${requestHost}`).origin : this.origin);
  }

  /** The address with a name for one of numbers that leads to this machine; null for every other. */
  localName(requestHost: string | undefined): string | null {
    const found = /^(?:127\.0\.0\.1|\[::1\])(:\d+)?$/.exec(requestHost ?? '');
    return this.#isSet || found === null ? null : `http://localhost${found[1] ?? ''}`;
  }

  /**
   * Whether a page of this origin is the forum's own. Without PUBLIC_URL the origin must be the request's host, so that
   * localhost and 127.0.0.1 both work; cookies keep hosts apart already.
   */
  isOwn(origin: string, requestHost: string | undefined): boolean {
    if (origin === this.origin) return true;
    return !this.#isSet && requestHost !== undefined && origin === `http://${requestHost}`;
  }
}

/** Null for an address that is no name, which browsers accept for no passkey. */
function relyingParty(origin: string): RelyingParty | null {
  const { hostname } = new URL(origin);
  return isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0 ? { id: hostname, origin } : null;
}

function localUrl(host: string, port: number): URL {
  const named = host.includes(':') ? `[${host}]` : host;
  return new URL(`http://${named}:${port}`);
}
