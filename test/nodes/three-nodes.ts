import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SpawnedServer, spawnKurrentDbServer } from '../kurrentdb-server/spawned-server.ts';
import { ForumNode, type NodeOptions } from './forum-node.ts';
import { FrontDoor } from './front-door.ts';
import { viewDigests } from './view-digests.ts';

/** A forum of three nodes on one log server: four processes, and one address in front of the nodes. */
export interface ThreeNodes {
  readonly log: SpawnedServer;
  readonly nodes: readonly [ForumNode, ForumNode, ForumNode];
  /** Leads to any of the nodes. */
  readonly door: FrontDoor;
  /** Starts a fourth node, ready when it resolves, on a directory that may hold something. */
  another(dataDir: string): Promise<ForumNode>;
  /** Resolves once every node shows the position. */
  reached(position: string): Promise<void>;
  /** Ends the nodes gently, once all have what one shows, and gives the digests of each one's views, in the order of the nodes. */
  digests(): Promise<readonly Readonly<Record<string, string>>[]>;
  /** Ends what still runs and removes what was kept. */
  remove(): Promise<void>;
}

export interface ThreeNodesOptions extends NodeOptions {
  /** Where a node finds its log, by its index, when it is not the log server itself. */
  readonly logUrl?: (index: number, log: SpawnedServer) => Promise<string>;
}

export async function startThreeNodes({ env = {}, logUrl, ...options }: ThreeNodesOptions = {}): Promise<ThreeNodes> {
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-log-'));
  const log = await spawnKurrentDbServer({ dir });
  const start = async (index: number, dataDir?: string): Promise<ForumNode> => {
    const url = (await logUrl?.(index, log)) ?? log.url;
    return ForumNode.start({ ...options, env: { EVENT_STORE_URL: url, LOG_LEVEL: 'warn', ...env } }, dataDir);
  };
  const nodes = await Promise.all([start(0), start(1), start(2)]);
  const door = await FrontDoor.open(() => nodes.map(({ port }) => port));
  const more: ForumNode[] = [];
  return {
    log,
    nodes,
    door,
    another: async (dataDir) => {
      const node = await start(nodes.length + more.length, dataDir);
      more.push(node);
      return node;
    },
    reached: async (position) => {
      for (const node of nodes) await node.reached(position);
    },
    digests: async () => {
      const shown = await Promise.all(nodes.map((node) => node.position()));
      const newest = String(shown.reduce((most, one) => (one > most ? one : most)));
      for (const node of nodes) {
        await node.reached(newest);
        await node.searchesReached(newest);
        await node.end();
      }
      return nodes.map(({ dataDir }) => viewDigests(dataDir));
    },
    remove: async () => {
      await door.close();
      await Promise.all([...nodes, ...more].map((node) => node.remove()));
      await log.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Leads a node to the log by the door. */
export function logThrough(door: FrontDoor, log: SpawnedServer): string {
  return log.url.replace(`:${log.port}`, `:${door.port}`);
}

/** Three times the same. */
export function alike(
  digests: readonly Readonly<Record<string, string>>[],
): readonly Readonly<Record<string, string>>[] {
  return digests.map(() => digests[0] ?? {});
}
