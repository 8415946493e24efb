import { hydrate } from 'preact';
import { useMemo } from 'preact/hooks';
import { LiveClient } from '../../../libs/client/live-client.ts';
import { keptIn } from '../../../libs/client/outbox.ts';
import { ThreadSession } from '../../../libs/client/thread-session.ts';
import { type Messages, type Translator, translator as translatorOf } from '../i18n/translate.ts';
import { ThreadProvider } from '../thread/context.ts';
import type { ThreadPageData } from '../thread/page-data.ts';
import { Thread } from '../thread/thread.tsx';
import { useCurrent } from '../thread/use-current.ts';
import { Drafts } from './kept.ts';
import { KeptComment, wakeWhatIsTouched } from './kept-comment.tsx';
import { Late } from './late.ts';
import { readData } from './page-data.ts';
import { threadOnPage } from './page-start.ts';
import { type ThreadParts, ThreadView } from './thread-view.ts';

function LiveThread({ view, data, translator }: { view: ThreadView; data: ThreadPageData; translator: Translator }) {
  const { comments, count, state, discussion, own } = useCurrent(view);
  const context = useMemo(
    () => ({
      page: data.page,
      translator,
      refused: data.refused,
      presence: view.presence,
      actions: view.actions,
      discussion,
      own,
      Kept: KeptComment,
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
async function goLive(parts: ThreadParts, late: Late): Promise<void> {
  const [{ showTools }, { connect }] = await Promise.all([import('./tools.tsx'), import('./socket.ts')]);
  const socket = connect();
  late.attach(
    socket,
    showTools(parts, () => socket.disconnect().connect()),
  );
}

function afterFirstPaint(work: () => Promise<void>): void {
  requestAnimationFrame(() => setTimeout(work, 0));
}

function start(data: ThreadPageData, place: HTMLElement): void {
  const { page } = data;
  const translator = translatorOf(page.locale, { ...readData<Messages>('time-words'), ...data.messages });
  const thread = threadOnPage(data);
  const late = new Late();
  const session = new ThreadSession({
    rest: late,
    live: new LiveClient(late),
    postId: page.post.id,
    sort: page.sort,
    thread,
    ...outboxOf(data),
  });
  const parts = {
    session,
    drafts: page.viewer && new Drafts(page.viewer.memberId, page.post.id),
    start: { page, translator, thread, count: data.count },
  };
  const view = new ThreadView(parts, data);
  hydrate(<LiveThread view={view} data={data} translator={translator} />, place);
  wakeWhatIsTouched(place);
  // Whether the thread follows along, for whoever looks from outside.
  view.subscribe(() => {
    place.dataset['connection'] = view.now().connection;
  });
  afterFirstPaint(async () => {
    await goLive({ view, session, translator, page }, late);
    session.start();
  });
}

// A task of its own: the one that read the page was long enough.
setTimeout(() => {
  const data = readData<ThreadPageData>('page-data');
  const place = document.getElementById('thread');
  if (data && place) start(data, place);
});
