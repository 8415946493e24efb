import { LiveClient } from '../../../../libs/client/live-client.ts';
import { ThreadClient } from '../../../../libs/client/thread-client.ts';
import { threadOf } from '../../../../libs/client/thread-fold.ts';
import { ThreadFollower } from '../../../../libs/client/thread-follower.ts';
import { connect } from '../../shell/browser/socket.ts';
import { awaitTranslations } from './first-translation.ts';
import type { OwnTools } from './own-tools.tsx';
import type { ThreadParts } from './thread-view.ts';
import { showTools } from './tools.tsx';

/** Makes the thread on the page live, and adds the tools that the first view does not need. */
export function goLive(parts: ThreadParts, ownTools: OwnTools | null): void {
  const { page, start, session: late } = parts;
  const { comments, position, total, hasGaps, isFlat, discussion } = start.thread;
  // Further pages follow a page inside a conversation.
  const next = page.whole === undefined ? page.next : '';
  const socket = connect(page.viewer?.memberId);
  const live = new LiveClient(socket);
  const tools = ownTools?.(parts, live, () => socket.disconnect().connect()) ?? null;
  const rest = tools?.rest ?? new ThreadClient();
  showTools(parts, rest, tools);
  awaitTranslations(parts.view);
  const options = {
    rest,
    live,
    postId: page.post.id,
    sort: page.sort,
    ...(page.only !== undefined && { only: page.only }),
    thread: threadOf(page.post.id, page.sort, { items: comments, position, total, next, hasGaps, isFlat }, discussion),
  };
  const writing = tools?.sessionOf(options) ?? null;
  const session = writing ?? new ThreadFollower(options);
  late.attach(session, writing);
  session.start();
}
