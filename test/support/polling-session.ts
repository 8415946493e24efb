const SEPARATOR = '\x1e';

/** Engine.IO over HTTP polling, spoken by hand: for clients that send and never fetch an answer. */
export class PollingSession {
  /** Of this session alone. */
  readonly address: string;

  private constructor(address: string) {
    this.address = address;
  }

  /** In the namespace /live. */
  static async connected(url: string, auth: object = {}): Promise<PollingSession> {
    const address = `${url}/socket.io/?EIO=4&transport=polling`;
    const opened = await (await fetch(address)).text();
    const session = new PollingSession(`${address}&sid=${JSON.parse(opened.slice(1)).sid}`);
    await session.post([`40/live,${JSON.stringify(auth)}`]);
    await session.fetch();
    return session;
  }

  /** Sends so many packets in one request; gives the status. */
  async post(packets: readonly string[]): Promise<number> {
    const answer = await fetch(this.address, { method: 'POST', body: packets.join(SEPARATOR) });
    await answer.text();
    return answer.status;
  }

  /** What the server has to say; one fetch at a time. */
  async fetch(): Promise<readonly string[]> {
    return (await (await fetch(this.address)).text()).split(SEPARATOR);
  }
}
