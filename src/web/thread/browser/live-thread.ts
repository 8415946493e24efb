import { LiveClient } from '../../../../libs/client/live-client.ts';
import { keptIn } from '../../../../libs/client/outbox.ts';
import { threadOf } from '../../../../libs/client/thread-fold.ts';
import { ThreadSession } from '../../../../libs/client/thread-session.ts';
import { connect } from '../../shell/browser/socket.ts';
import type { ThreadPageInfo } from '../parts/context.ts';
import type { OwnTools } from './own-tools.tsx';
import type { ThreadParts } from './thread-view.ts';
import { showTools } from './tools.tsx';

/** Only a page with a member keeps unsent comments, since they belong to their writer. */
function outboxOf({ viewer }: ThreadPageInfo) {
  return viewer === null ? {} : { outbox: keptIn(localStorage, `colloquy:outbox:${viewer.memberId}`) };
}

/** Makes the thread on the page live, and adds the tools that the first view does not need. */
export function goLive(parts: ThreadParts, ownTools: OwnTools | null): void {
  const { page, start, session: late } = parts;
  const { comments, position, total, hasGaps, discussion } = start.thread;
  // Further pages follow a page inside a conversation.
  const next = page.whole === undefined ? page.next : '';
  const socket = connect();
  const session = new ThreadSession({
    rest: showTools(parts, () => socket.disconnect().connect(), ownTools),
    live: new LiveClient(socket),
    postId: page.post.id,
    sort: page.sort,
    thread: threadOf(page.post.id, page.sort, { items: comments, position, total, next, hasGaps }, discussion),
    ...outboxOf(page),
  });
  late.attach(session);
  session.start();
}
