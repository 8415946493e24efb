import type { Comment } from '../../libs/client/index.ts';
import { edit, type LiveForum, react, remove } from './live-forum.ts';

export interface BusyThread {
  /** Finishes what is under way; gives how many comments were written. Throws what a writer ran into. */
  stop(): Promise<number>;
}

/** Several writers who post, answer, edit, react and remove in one thread, without a pause or with one of so many milliseconds. */
export function makeBusy(
  live: LiveForum,
  postId: string,
  options: { readonly writers: number; readonly pauseMs?: number },
): BusyThread {
  let isOver = false;
  let written = 0;
  const write = async (): Promise<void> => {
    let standing: Comment | null = null;
    for (let turn = 1; !isOver; turn += 1) {
      const parentId: string | null = standing !== null && standing.depth < 3 ? standing.id : null;
      let comment: Comment = await live.forum.comment(live.writer, postId, { parentId, body: `Turn ${turn}` });
      if (turn % 3 === 0) comment = await edit(live.forum, live.writer, comment, `Turn ${turn}, edited`);
      if (turn % 4 === 0) await react(live.forum, live.reader, comment);
      // What was removed cannot be answered.
      standing = turn % 5 === 0 ? null : comment;
      if (standing === null) await remove(live.forum, live.writer, comment);
      written += 1;
      if (options.pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, options.pauseMs));
    }
  };
  const all = Promise.all(Array.from({ length: options.writers }, write));
  // Looked at in stop(); until then a failure only stops its writer.
  all.catch(() => undefined);
  return {
    stop: async () => {
      isOver = true;
      await all;
      return written;
    },
  };
}
