import type { Database } from 'better-sqlite3';
import { UNREADABLE } from '../../libs/kernel/index.ts';
import { ReadFile, type Replayed, type ReplayProgress, replayViews, type Views } from '../../libs/projections/index.ts';
import { keysBeside, SealBroken, type Vault } from '../../libs/vault/index.ts';
import type { Config } from '../config.ts';
import { ExportRefused } from '../keeping/export/export-refused.ts';
import { viewDefinitions } from '../views/definitions.ts';
import { openLogReader } from './log-reader.ts';
import { rehearsalLog } from './rehearsal-log.ts';
import { replayFolder } from './replay-folders.ts';
import { viewsDir } from './views-dir.ts';

/** Views of one position of the log, in files that end with them, and what opens the seals in them. */
export interface ReplayedViews {
  readonly views: Views;
  /** What no key opens is unreadable, and no error. */
  readonly vault: Pick<Vault, 'open'>;
  close(): Promise<void>;
}

export interface ReplayRun {
  readonly onProgress: (progress: ReplayProgress) => void;
  readonly signal: AbortSignal;
}

/**
 * Builds views anew from the log, up to its end of now, beside a server that may run. Throws ExportRefused for an event
 * that cannot be read, StoreUnavailable, and the signal's reason; then no file is left.
 */
export async function replayedViews(config: Config, names: readonly string[], run: ReplayRun): Promise<ReplayedViews> {
  const folder = await replayFolder(viewsDir(config));
  try {
    const log = await openLogReader(config);
    const place = { log, definitions: viewDefinitions, dir: folder.path, views: names };
    const built = await replayViews({ ...place, ...run }).finally(() => log.close());
    const dbs = openAll(built);
    const vault = await openKeys(config);
    const close = async (): Promise<void> => {
      for (const db of dbs.values()) db.close();
      await folder.drop();
      await vault.close();
    };
    return { views: standingStill(dbs, built[0]?.position ?? 0n), vault, close };
  } catch (error) {
    await folder.drop();
    throw error;
  }
}

function openAll(built: readonly Replayed[]): ReadonlyMap<string, Database> {
  return new Map(
    built.map(({ view, file, stopped }) => {
      if (file !== null) return [view, new ReadFile({ mapped: 0 }).db(file)];
      const why = `the event at position ${stopped?.position} cannot be read (${stopped?.reason})`;
      throw new ExportRefused(`nothing was exported: run \`colloquy verify\`, since ${why}`);
    }),
  );
}

async function openKeys(config: Config): Promise<Pick<Vault, 'open'> & { close(): Promise<void> }> {
  const keys = await keysBeside(rehearsalLog(config));
  return {
    open: async (sealed, at) => {
      try {
        return keys === null ? UNREADABLE : await keys.open(sealed, at);
      } catch (error) {
        if (error instanceof SealBroken) return UNREADABLE;
        throw error;
      }
    },
    close: async () => keys?.close(),
  };
}

/** Nothing comes to them any more. */
function standingStill(dbs: ReadonlyMap<string, Database>, position: bigint): Views {
  const never = (): Promise<never> => Promise.reject(new Error('replayed views stand still'));
  return {
    db: (view) => {
      const db = dbs.get(view);
      if (db === undefined) throw new Error(`the view ${view} was not replayed`);
      return db;
    },
    position: () => position,
    reached: () => Promise.resolve(),
    attend: () => undefined,
    ready: () => Promise.resolve(),
    state: () => [],
    onProjected: () => () => undefined,
    rebuild: never,
    verify: never,
    close: () => Promise.resolve(),
  };
}
