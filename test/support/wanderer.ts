/** What a wanderer has arrived at. */
export interface Arrived {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** A browser without scripts that walks between sites: it keeps each site's cookies and follows redirects. */
export class Wanderer {
  readonly #cookies = new Map<string, Map<string, string>>();
  /** Addresses that it has been led to, in order. */
  readonly trail: string[] = [];

  /** Goes to an address, and on until a page is shown, or until `stop` says that the next address is where to halt. */
  async go(url: string | URL, stop: (next: URL) => boolean = () => false): Promise<Arrived> {
    return this.#follow(new URL(url), { method: 'GET' }, stop);
  }

  /** Sends a form as a page of that site would. */
  async send(url: string | URL, form: Readonly<Record<string, string>>): Promise<Arrived> {
    const at = new URL(url);
    const headers = { origin: at.origin, 'content-type': 'application/x-www-form-urlencoded' };
    return this.#follow(at, { method: 'POST', body: new URLSearchParams(form).toString(), headers }, () => false);
  }

  cookie(site: string, name: string): string | undefined {
    return this.#jar(new URL(site).host).get(name);
  }

  setCookie(site: string, name: string, value: string): void {
    this.#jar(new URL(site).host).set(name, value);
  }

  async #follow(from: URL, init: RequestInit, stop: (next: URL) => boolean): Promise<Arrived> {
    let url = from;
    let asked = init;
    for (let step = 0; step < 15; step += 1) {
      this.trail.push(url.href);
      const answer = await fetch(url, {
        ...asked,
        headers: { ...this.#headers(url), ...asked.headers },
        redirect: 'manual',
      });
      this.#keep(url, answer.headers);
      const location = answer.headers.get('location');
      if (location === null) return { url, status: answer.status, text: await answer.text(), headers: answer.headers };
      await answer.arrayBuffer();
      url = new URL(location, url);
      asked = { method: 'GET' };
      if (stop(url)) return { url, status: answer.status, text: '', headers: answer.headers };
    }
    throw new Error(`led round and round: ${this.trail.slice(-4).join(' → ')}`);
  }

  #jar(host: string): Map<string, string> {
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    return jar;
  }

  #headers(url: URL): Record<string, string> {
    const cookies = [...this.#jar(url.host)].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookies === '' ? {} : { cookie: cookies };
  }

  #keep(url: URL, headers: Headers): void {
    const jar = this.#jar(url.host);
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const at = pair.indexOf('=');
      const name = pair.slice(0, at).trim();
      const value = pair.slice(at + 1);
      const isOver =
        value === '' || attributes.some((attribute) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(attribute));
      if (isOver) jar.delete(name);
      else jar.set(name, value);
    }
  }
}
