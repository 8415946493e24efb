import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import Database from 'better-sqlite3';
import { openServerStore, type RecordedEvent } from '../../libs/event-store/index.ts';
import { type SpawnedServer, spawnKurrentDbServer } from '../kurrentdb-server/spawned-server.ts';
import { ForumNode } from '../nodes/forum-node.ts';
import { viewDigests } from '../nodes/view-digests.ts';
import { runProgram } from '../support/child-program.ts';
import { FlakyProxy } from '../support/flaky-proxy.ts';
import { newAccount, newPost } from '../support/forum-account.ts';
import { type ReadComment, readComments } from '../support/read-comments.ts';
import { cli } from '../support/served-forum.ts';
import { until } from '../support/until.ts';
import { Writers } from '../support/writers.ts';

const WRITERS = 8;

export interface TwoNodesOptions {
  /** Further settings of a node, by its index. */
  readonly env?: (index: number) => Readonly<Record<string, string>>;
  /** Of the log server's process. */
  readonly logEnv?: Readonly<Record<string, string>>;
}

/**
 * Two nodes of a forum on one log server: three processes, each node reaching the log over a network of its own that can be
 * broken. People write without a pause, to the two nodes in turn; who gets no answer, or a 503, sends the same comment again,
 * to the other node.
 */
export class TwoNodes {
  readonly log: SpawnedServer;
  readonly nodes: readonly [ForumNode, ForumNode];
  readonly networks: readonly [FlakyProxy, FlakyProxy];
  readonly writers: Writers;
  readonly #dir: string;
  readonly #posts: readonly string[];

  private constructor(parts: Pick<TwoNodes, 'log' | 'nodes' | 'networks' | 'writers'>, dir: string, posts: string[]) {
    this.log = parts.log;
    this.nodes = parts.nodes;
    this.networks = parts.networks;
    this.writers = parts.writers;
    this.#dir = dir;
    this.#posts = posts;
  }

  /** Starts all, with members and posts, and the writing. */
  static async start({ env = () => ({}), logEnv = {} }: TwoNodesOptions = {}): Promise<TwoNodes> {
    const dir = mkdtempSync(join(tmpdir(), 'colloquy-log-'));
    const log = await spawnKurrentDbServer({ dir, env: logEnv });
    const networks = [await FlakyProxy.to(() => log.port), await FlakyProxy.to(() => log.port)] as const;
    const start = (index: 0 | 1): Promise<ForumNode> => {
      const url = log.url.replace(String(log.port), String(networks[index].port));
      return ForumNode.start({ env: { EVENT_STORE_URL: url, LOG_LEVEL: 'silent', ...env(index) } });
    };
    const nodes = await Promise.all([start(0), start(1)]);
    const admin = await newAccount(nodes[0].address, 'ada');
    const members = [admin, await newAccount(nodes[0].address, 'ana'), await newAccount(nodes[0].address, 'bob')];
    const posts = [await newPost(nodes[0].address, admin, 'One'), await newPost(nodes[0].address, admin, 'Two')];
    const two = {
      log,
      nodes,
      networks,
      writers: writersOn(
        nodes,
        posts,
        members.map(({ token }) => token),
      ),
    };
    return new TwoNodes(two, dir, posts);
  }

  /** Resolves once so many more comments than now are acknowledged. */
  async more(comments: number): Promise<void> {
    await this.writers.until(this.writers.acknowledged.size + comments);
  }

  /** Lets each writer finish its comment, and each node reach the end of the log. */
  async settled(): Promise<void> {
    await this.writers.stop();
    const head = String((await this.recorded()).at(-1)?.position ?? 0n);
    for (const node of this.nodes) {
      await node.reached(head);
      await node.searchesReached(head);
    }
  }

  /** Every event of the log in its order. */
  async recorded(): Promise<readonly RecordedEvent[]> {
    const store = await openServerStore({ url: this.log.url });
    try {
      const events: RecordedEvent[] = [];
      for await (const event of store.readAll()) events.push(event);
      return events;
    } finally {
      await store.close();
    }
  }

  /** Kills the log server; gives how many comments it had recorded that nobody had heard of yet. */
  async killLog(): Promise<number> {
    await this.log.kill();
    return this.#unheard();
  }

  /** Resolves once the log server has recorded comments of which it tells nobody any more. */
  async inTheMiddle(): Promise<void> {
    await this.log.setFaults({ acknowledge: { afterMs: 'never' } });
    const acknowledged: number[] = [];
    await until(() => {
      acknowledged.push(this.writers.acknowledged.size);
      // Answers that were under way have come.
      return acknowledged.at(-1) === acknowledged.at(-5) && this.#unheard() > 0;
    });
  }

  #unheard(): number {
    const file = new Database(join(this.#dir, 'kurrentdb.db'));
    const posted = file.prepare("SELECT count(*) FROM records WHERE type = 'CommentPosted.v1'").pluck().get();
    file.close();
    return Number(posted) - this.writers.acknowledged.size;
  }

  /** What each node shows of all posts, in one order. */
  async shown(): Promise<readonly (readonly ReadComment[])[]> {
    return Promise.all(
      this.nodes.map(async ({ address }) => {
        const comments = await Promise.all(this.#posts.map((post) => readComments(address, post)));
        return inOrder(comments.flat());
      }),
    );
  }

  /** What the writers were told is recorded, in the same order. */
  get acknowledged(): readonly ReadComment[] {
    return inOrder([...this.writers.acknowledged.values()]);
  }

  /** Ends the nodes; gives the digests of each one's views, and what a rebuild from the log says of them. */
  async verified(): Promise<
    readonly { readonly digests: Readonly<Record<string, string>>; readonly rebuilt: unknown }[]
  > {
    for (const node of this.nodes) await node.end();
    const verified = [];
    for (const { dataDir } of this.nodes) {
      const digests = viewDigests(dataDir);
      const report = await runProgram([cli, 'replay', '--verify', '--json'], {
        env: { DATA_DIR: dataDir, EVENT_STORE_URL: this.log.url },
      });
      verified.push({ digests, rebuilt: JSON.parse(report) });
    }
    return verified;
  }

  async remove(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.remove()));
    await Promise.all(this.networks.map((network) => network.close()));
    await this.log.kill();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

function writersOn(nodes: readonly ForumNode[], posts: readonly string[], tokens: readonly string[]): Writers {
  let turn = 0;
  const address = async (): Promise<string> => nodes[turn++ % nodes.length]?.address ?? '';
  return new Writers({ count: WRITERS, posts, tokens, address, patient: true });
}

function inOrder(comments: readonly ReadComment[]): readonly ReadComment[] {
  return comments.map(({ id, postId, body }) => ({ id, postId, body })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Every acknowledged comment is there once, in the log and on both nodes, and nothing else is. */
export async function expectAllOnce(two: TwoNodes): Promise<void> {
  expect(two.writers.refused).toEqual([]);
  expect(await two.shown()).toEqual([two.acknowledged, two.acknowledged]);
  const posted = (await two.recorded()).filter(({ type }) => type === 'CommentPosted.v1').map(({ stream }) => stream);
  expect([...posted].sort()).toEqual(two.acknowledged.map(({ id }) => `comment-${id}`).sort());
}

/** Both nodes hold the same, and it is what the log gives when it is read anew. */
export async function expectEqualViews(two: TwoNodes): Promise<void> {
  const [one, other] = await two.verified();
  expect(one?.digests).toEqual(other?.digests);
  expect([one?.rebuilt, other?.rebuilt]).toMatchObject([{ ok: true }, { ok: true }]);
}
