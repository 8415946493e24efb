import type { LogSource } from '../../libs/event-store/index.ts';
import { type Position, programBeside } from '../../libs/kernel/index.ts';
import { openViews, type Views } from '../../libs/projections/index.ts';

/** To part a long text into its words takes longer than all other views do. */
const BESIDE = ['search'];

/** Starts the forum's views over a SQLite log; see `openViews`. `dir` holds their files; `worker` is the projector's entry file when it is not the forum's own. */
export function openForumViews(options: {
  readonly dir: string;
  readonly log: LogSource;
  readonly worker?: URL;
  readonly besideMs?: number;
  readonly watchLog?: (after: Position, wake: () => void) => () => void;
  readonly onProblem?: (reason: string) => void;
}): Promise<Views> {
  return openViews({ worker: programBeside(import.meta.url, 'projector.worker'), beside: BESIDE, ...options });
}
