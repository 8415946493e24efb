/** The pages of an admin, as a browser without programs asks for them. */
export class AdminPages {
  readonly #address: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(address: string, token: string) {
    this.#address = address;
    this.#headers = { cookie: `colloquy_session=${token}` };
  }

  async read(path: string): Promise<string> {
    return (await fetch(`${this.#address}${path}`, { headers: this.#headers })).text();
  }

  /** Where the form leads. */
  async send(path: string, body: FormData | URLSearchParams): Promise<string> {
    const options = { method: 'POST', redirect: 'manual', headers: this.#headers, body } as const;
    const answer = await fetch(`${this.#address}${path}`, options);
    return answer.headers.get('location') ?? `${answer.status} ${await answer.text()}`;
  }

  /** Sends a file to be imported; gives the path of the import's page. */
  import(file: string): Promise<string> {
    const form = new FormData();
    form.set('sites', '');
    form.set('file', new Blob([file]), 'disqus.xml');
    return this.send('/admin/import', form);
  }
}
