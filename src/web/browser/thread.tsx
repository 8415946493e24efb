import { hydrate } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { LiveClient } from '../../../libs/client/live-client.ts';
import { keptIn } from '../../../libs/client/outbox.ts';
import { ThreadSession } from '../../../libs/client/thread-session.ts';
import { type Messages, type Translator, translator as translatorOf } from '../i18n/translate.ts';
import { ThreadProvider } from '../thread/context.ts';
import type { ThreadPageData } from '../thread/page-data.ts';
import { Thread } from '../thread/thread.tsx';
import { goTo, wouldMove } from './in-sight.ts';
import { Drafts } from './kept.ts';
import { LateRest } from './late-rest.ts';
import { LateSocket } from './late-socket.ts';
import { readData } from './page-data.ts';
import { threadOnPage } from './page-start.ts';
import { ThreadView } from './thread-view.ts';

function LiveThread({ view, data, translator }: { view: ThreadView; data: ThreadPageData; translator: Translator }) {
  const [drawn, setDrawn] = useState(view.drawn);
  useEffect(() => view.subscribe(() => setDrawn(view.drawn)), [view]);
  const { comments, count, state, discussion, own } = drawn;
  const context = useMemo(
    () => ({
      page: data.page,
      translator,
      refused: data.refused,
      presence: view.presence,
      actions: view.actions,
      discussion,
      own,
    }),
    [data, translator, view, discussion, own],
  );
  return (
    <ThreadProvider value={context}>
      <Thread comments={comments} count={count} newId={data.newId} state={state} />
    </ThreadProvider>
  );
}

/** Only a page with a member keeps unsent comments: they belong to whoever wrote them. */
function outboxOf({ page }: ThreadPageData) {
  return page.viewer === null ? {} : { outbox: keptIn(localStorage, `colloquy:outbox:${page.viewer.memberId}`) };
}

/** What nothing on the page waits for; Socket.IO's client alone is nearly as large as all the rest. */
async function loadTools(view: ThreadView, translator: Translator, late: LateRest): Promise<void> {
  const { showTools } = await import('./tools.tsx');
  late.attach(showTools(view, translator));
}

async function connect(socket: LateSocket): Promise<void> {
  const { io } = await import('socket.io-client');
  const live = io('/live', { transports: ['websocket', 'polling'], reconnectionDelayMax: 5_000 });
  socket.attach(live);
  addEventListener('online', () => {
    if (!live.connected) live.connect();
  });
}

function afterFirstPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work, 0));
}

function start(data: ThreadPageData, place: HTMLElement): void {
  const { page } = data;
  const translator = translatorOf(page.locale, { ...readData<Messages>('time-words'), ...data.messages });
  const thread = threadOnPage(data);
  const socket = new LateSocket();
  const rest = new LateRest();
  const session = new ThreadSession({
    rest,
    live: new LiveClient(socket),
    postId: page.post.id,
    sort: page.sort,
    thread,
    ...outboxOf(data),
  });
  const parts = {
    session,
    drafts: page.viewer && new Drafts(page.viewer.memberId, page.post.id),
    start: { page, translator, thread, count: data.count },
    wouldMove,
    goTo: (commentId: string) => requestAnimationFrame(() => goTo(commentId)),
  };
  const view = new ThreadView(parts, data);
  hydrate(<LiveThread view={view} data={data} translator={translator} />, place);
  // Whether the thread follows along, for whoever looks from outside.
  view.subscribe(() => {
    place.dataset['connection'] = view.drawn.connection;
  });
  session.start();
  afterFirstPaint(() => {
    void loadTools(view, translator, rest);
    void connect(socket);
  });
}

const data = readData<ThreadPageData>('page-data');
const place = document.getElementById('thread');
if (data && place) start(data, place);
