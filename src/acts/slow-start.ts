import { type CommandMeta, deriveId, type Position } from '../../libs/kernel/index.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';
import type { ForumWrites } from './forum-writes.ts';

/**
 * Gives a new discussion the site's slow mode; null when there is none. A repeat of the whole repeats this too, and
 * changes nothing that moderators have changed since.
 */
export async function slowStart(
  { writes, slowModeSeconds: slowMode }: { readonly writes: ForumWrites; readonly slowModeSeconds: () => number },
  postId: string,
  meta: CommandMeta,
): Promise<Position | null> {
  const slowModeSeconds = slowMode();
  if (slowModeSeconds === 0) return null;
  const commandId = deriveId(meta.commandId, 'slow-mode');
  return (await writes.send(new ChangeDiscussion({ postId, slowModeSeconds }, { ...meta, commandId }))).position;
}
