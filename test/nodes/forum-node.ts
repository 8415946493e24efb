import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ForumCaller } from '../support/forum-caller.ts';
import { newDataDir, type ServedForum, type ServeOptions, serveForum } from '../support/served-forum.ts';

/** Of a node at each of its starts. */
export type NodeOptions = Pick<ServeOptions, 'env' | 'program'>;

/** One node of a forum of several, in its own process; it keeps its port and its directory. */
export class ForumNode {
  readonly dataDir: string;
  readonly #options: NodeOptions;
  #forum: ServedForum | undefined;
  #caller = new ForumCaller('');
  #port = 0;

  private constructor(options: NodeOptions, dataDir: string) {
    this.#options = options;
    this.dataDir = dataDir;
  }

  /** Resolves when the node is ready. Throws EndedEarly. */
  static async start(options: NodeOptions, dataDir = newDataDir()): Promise<ForumNode> {
    const node = new ForumNode(options, dataDir);
    await node.start();
    return node;
  }

  /** Of its process, while it runs. */
  get pid(): number | undefined {
    return this.#forum?.process.pid;
  }

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Makes requests to this node. */
  get forum(): ForumCaller {
    return this.#caller;
  }

  async start(): Promise<void> {
    const env = { ...this.#options.env, PORT: String(this.#port) };
    this.#forum = await serveForum({ ...this.#options, dataDir: this.dataDir, env });
    if (this.#port !== 0) return;
    this.#port = Number(new URL(this.#forum.address).port);
    this.#caller = new ForumCaller(this.address);
  }

  /** As by a power loss. */
  async kill(): Promise<void> {
    await this.#running().end('SIGKILL');
    this.#forum = undefined;
  }

  /** Gently; gives the exit status. */
  async end(): Promise<number | NodeJS.Signals | undefined> {
    const status = await this.#forum?.end();
    this.#forum = undefined;
    return status;
  }

  /** It hears and says nothing until `thaw`, and its connections stay. */
  freeze(): void {
    this.#running().process.kill('SIGSTOP');
  }

  thaw(): void {
    this.#running().process.kill('SIGCONT');
  }

  /** Resolves once this node shows the position. Throws when it does not within half a minute. */
  reached(position: string): Promise<void> {
    return this.#answers('/api/v1/posts?limit=1', position);
  }

  /** The same for its searches, which read the log by themselves. */
  searchesReached(position: string): Promise<void> {
    return this.#answers('/api/v1/search?q=anything&limit=1', position);
  }

  /** The position that it shows now. */
  async position(): Promise<bigint> {
    const { headers } = await this.#caller.call('GET', '/api/v1/posts?limit=1');
    return BigInt(headers.get('colloquy-position') ?? 0n);
  }

  /** Resolves once it says that it takes work. Throws when it does not within half a minute. */
  async ready(): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const { status, body } = await this.#caller.call('GET', '/health/ready');
      if (status === 200) return;
      if (Date.now() > deadline) throw new Error(`${this.address} is not ready: ${JSON.stringify(body)}`);
      await pause(50);
    }
  }

  async remove(): Promise<void> {
    await this.#forum?.end('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async #answers(path: string, position: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const answer = await this.#caller.call('GET', path, { headers: { 'colloquy-after': position } });
      if (answer.status === 200) return;
      if (Date.now() > deadline)
        throw new Error(`${this.address}${path} does not show ${position}: ${JSON.stringify(answer.body)}`);
    }
  }

  #running(): ServedForum {
    if (this.#forum === undefined) throw new Error(`the node at port ${this.#port} does not run`);
    return this.#forum;
  }
}
