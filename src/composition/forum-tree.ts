import { join } from 'node:path';
import type { LogSource } from '../../libs/event-store/index.ts';
import { programBeside } from '../../libs/kernel/index.ts';
import {
  CheckpointKeeper,
  type KeptCheckpoint,
  type LogTree,
  newestKept,
  openLogTree,
} from '../../libs/log-tree/index.ts';
import type { Findings } from '../acts/auditing/findings.ts';
import type { Config } from '../config.ts';
import type { CheckedKeys } from './log-keys.ts';

/** The folder of the tree in DATA_DIR. */
export function treeDir({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'tree');
}

export interface ForumTreeParts {
  readonly config: Config;
  readonly log: LogSource;
  /** The keys that sign it. */
  readonly keys: CheckedKeys;
  /** Receives the faults that the tree finds. */
  readonly findings: Findings;
  readonly onProblem: (reason: string) => void;
  /** The pause between two comparisons of log and tree, in milliseconds; 30 seconds unless told. */
  readonly compareAgainMs?: number | undefined;
  /** Its thread begins then, or when somebody asks before. */
  readonly after: Promise<void>;
}

/** The tree over the forum's log, with the checkpoints that are signed of it at intervals. */
export class ForumTree {
  readonly tree: LogTree;
  readonly keys: CheckedKeys;
  readonly #dir: string;
  readonly #onProblem: (reason: string) => void;
  #keeper: CheckpointKeeper | undefined;

  constructor({ config, log, keys, findings, onProblem, compareAgainMs, after }: ForumTreeParts) {
    this.keys = keys;
    this.#dir = treeDir(config);
    this.#onProblem = onProblem;
    const onMismatch = (reason: string): void => findings.found('log', 'log', reason);
    const onMended = (reason: string): void => {
      findings.found('tree', 'tree', reason);
      findings.mended('tree');
    };
    const worker = programBeside(import.meta.url, 'tree.worker');
    const told = { onProblem, onMismatch, onMended };
    this.tree = openLogTree({ dir: this.#dir, worker, log, againMs: compareAgainMs, after, ...told });
  }

  /** Oldest first. */
  readonly kept = (): readonly KeptCheckpoint[] => this.#keeper?.kept ?? [];

  /** Checkpoints are kept from now on; `sign` gives one over everything acknowledged. */
  keepCheckpoints(sign: () => Promise<string>): void {
    const newest = (): KeptCheckpoint | null => newestKept(this.#dir, this.keys.all).whole;
    const kept = { dir: this.#dir, tree: this.tree, newest };
    this.#keeper = new CheckpointKeeper({ ...kept, sign, onProblem: this.#onProblem });
  }

  /** Called before a gentle stop, while the log and its tree are still open. */
  async keepLast(): Promise<void> {
    await this.#keeper?.keepLast();
  }

  close(): Promise<void> {
    this.#keeper?.close();
    return this.tree.close();
  }
}
