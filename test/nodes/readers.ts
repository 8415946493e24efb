import { io, type Socket } from 'socket.io-client';
import { ColloquyClient, type Comment, type CommentPage, LiveClient, ThreadSession } from '../../libs/client/index.ts';
import type { ForumCaller } from '../support/forum-caller.ts';

/** Someone with a thread open, as the pages' own program has it. */
export interface Reader {
  readonly session: ThreadSession;
  readonly socket: Socket;
  /** Connections after the first. */
  reconnections(): number;
  close(): void;
}

export interface ReadingOptions {
  readonly address: string;
  readonly postId: string;
  readonly token?: string;
}

/** Opens a thread; resolves once it is shown and followed. */
export async function openThread({ address, postId, token }: ReadingOptions): Promise<Reader> {
  const auth = token === undefined ? {} : { token };
  const socket = io(`${address}/live`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
    auth,
  });
  let connections = 0;
  socket.on('connect', () => {
    connections += 1;
  });
  const rest = new ColloquyClient({ baseUrl: address, ...auth });
  const session = new ThreadSession({ rest, live: new LiveClient(socket), postId });
  session.start();
  await until(session, () => session.state.connection === 'live');
  return {
    session,
    socket,
    reconnections: () => connections - 1,
    close: () => {
      session.stop();
      socket.close();
    },
  };
}

/** Resolves when the condition holds, looked at after each change of the session. Throws when it does not come true in time. */
export async function until(session: ThreadSession, holds: () => boolean, milliseconds = 30_000): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      stop();
      reject(
        new Error(`not in ${milliseconds} ms: ${holds}; ${JSON.stringify({ ...session.state, thread: undefined })}`),
      );
    }, milliseconds);
    const stop = session.subscribe(() => {
      if (!holds()) return;
      clearTimeout(late);
      stop();
      resolve();
    });
  });
}

/** All comments of the thread that the reader shows once it has come to the position, every page of it. */
export async function shownAt({ session }: Reader, position: string): Promise<readonly Comment[]> {
  await until(
    session,
    () => session.state.connection === 'live' && BigInt(session.state.thread?.position ?? '0') >= BigInt(position),
  );
  while (session.state.thread?.next) await session.loadMore();
  return session.state.thread?.comments ?? [];
}

/** All comments of a thread as a node answers them. */
export async function threadOn(forum: ForumCaller, postId: string): Promise<readonly Comment[]> {
  const items: Comment[] = [];
  let query = '?limit=100';
  for (;;) {
    const page: CommentPage = await forum.thread(postId, query);
    items.push(...page.items);
    if (page.next === null) return items;
    query = `?limit=100&cursor=${encodeURIComponent(page.next)}`;
  }
}

/** Of the newest change in a thread. */
export function newestOf(comments: readonly Comment[]): string {
  return String(comments.map(({ position }) => BigInt(position)).reduce((a, b) => (a > b ? a : b), 0n));
}
