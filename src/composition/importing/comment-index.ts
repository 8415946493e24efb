import type { LogReader } from '../../../libs/event-store/index.ts';
import { openBeside } from '../../../libs/projections/index.ts';
import type { Config } from '../../config.ts';
import type { CommentIndex } from '../../import/recording/standing-here.ts';
import { threadView } from '../../views/thread/thread.view.ts';
import { wholeDiscussion } from '../../views/thread/whole-discussion.ts';
import { viewsDir } from '../views-dir.ts';

/** Which comments stand where, as the view of threads has it; null where none of this version was made here yet. */
export async function commentIndex(config: Pick<Config, 'dataDir'>, log: LogReader): Promise<CommentIndex | null> {
  const view = await openBeside(threadView, viewsDir(config), log);
  if (view === null) return null;
  return {
    position: view.position,
    under: (postId) => wholeDiscussion(view.db, postId),
    close: () => void view.db.close(),
  };
}
