import { join } from 'node:path';
import { newCommitSignal, openSqliteEventStore } from '../../libs/event-store/index.ts';
import type { Verification } from '../../libs/projections/index.ts';
import { openForumViews } from '../../src/views/open-forum-views.ts';

/**
 * The ids of all comments in a stopped server's log. Throws when one was posted twice, or when positions or a stream's
 * revisions have a gap.
 */
export async function recordedComments(dataDir: string): Promise<ReadonlySet<string>> {
  const log = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  const revisions = new Map<string, bigint>();
  const comments = new Set<string>();
  let position = 0n;
  try {
    for await (const event of log.readAll()) {
      position += 1n;
      if (event.position !== position) throw new Error(`position ${event.position} stands where ${position} should`);
      const revision = (revisions.get(event.stream) ?? -1n) + 1n;
      if (event.revision !== revision) throw new Error(`${event.stream}: revision ${event.revision}, not ${revision}`);
      revisions.set(event.stream, revision);
      if (event.type !== 'CommentPosted.v1') continue;
      if (comments.has(event.stream)) throw new Error(`${event.stream} was posted twice`);
      comments.add(event.stream);
    }
  } finally {
    await log.close();
  }
  return new Set([...comments].map((stream) => stream.slice('comment-'.length)));
}

/** Each view's digest beside that of its rebuild from the same log, of a stopped server. */
export async function verifyViews(dataDir: string): Promise<readonly Verification[]> {
  const file = join(dataDir, 'log.db');
  const log = { file, signal: newCommitSignal(), vaultFile: join(dataDir, 'vault.db') };
  const views = await openForumViews({ dir: join(dataDir, 'views'), log, besideMs: 600_000 });
  try {
    await views.ready();
    return await Promise.all(views.state().map(({ name }) => views.verify(name)));
  } finally {
    await views.close();
  }
}
