import { hydrate } from 'preact';
import { useMemo } from 'preact/hooks';
import { Drafts } from '../../shell/browser/kept.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { type Messages, type Translator, translator as translatorOf } from '../../shell/i18n/translate.ts';
import { type Languages, ThreadProvider } from '../parts/context.ts';
import type { ThreadPageData } from '../parts/page-data.ts';
import { ThreadSection } from '../parts/thread.tsx';
import { useCurrent } from '../parts/use-current.ts';
import { holdKeys } from './held-keys.ts';
import { KeptComment, wakeWhatIsTouched } from './kept-comment.tsx';
import { LateSession } from './late-session.ts';
import { threadOnPage } from './page-start.ts';
import { ThreadView } from './thread-view.ts';

function LiveThread({ view, data, translator }: { view: ThreadView; data: ThreadPageData; translator: Translator }) {
  const { comments, count, state, discussion, own, languages } = useCurrent(view);
  const context = useMemo(
    () => ({
      page: data.page,
      translator,
      refused: data.refused,
      ...(data.translated !== undefined && { translated: data.translated }),
      presence: view.presence,
      actions: view.actions,
      discussion,
      own,
      ...(languages && { languages }),
      Kept: KeptComment,
    }),
    [data, translator, view, discussion, own, languages],
  );
  return (
    <ThreadProvider value={context}>
      <ThreadSection comments={comments} count={count} newId={data.newId} state={state} place={data.place} />
    </ThreadProvider>
  );
}

/** Shows outside observers, such as the program of a frame, how many comments there are. */
function tellCount({ dataset }: HTMLElement, count: number): void {
  if (dataset['count'] !== String(count)) dataset['count'] = String(count);
}

function afterFirstPaint(work: () => Promise<void>): void {
  requestAnimationFrame(() => setTimeout(work, 0));
}

/** Puts the program behind the thread as the server drew it. */
export function startThread(data: ThreadPageData, place: HTMLElement, languages?: Languages): void {
  holdKeys();
  const { page } = data;
  const words = translatorOf(page.locale, { ...readData<Messages>('time-words'), ...data.messages });
  const translator = data.languageNames ? { ...words, languageNames: data.languageNames } : words;
  const thread = threadOnPage(data);
  const session = new LateSession();
  const parts = {
    session,
    drafts: page.viewer && new Drafts(page.viewer.memberId, page.post.id),
    start: { page, translator, thread, count: data.count },
  };
  const taken = new Set(data.comments.map(({ id }) => id));
  parts.drafts?.settleEarly((id) => taken.has(id));
  const view = new ThreadView(parts, data, languages);
  hydrate(<LiveThread view={view} data={data} translator={translator} />, place);
  tellCount(place, data.count);
  wakeWhatIsTouched(place);
  // Shows outside observers whether the thread is live.
  view.subscribe(() => {
    place.dataset['connection'] = view.now().connection;
    tellCount(place, view.now().count);
  });
  // Loads what nothing on the page waits for; Socket.IO's client alone is nearly as large as all the rest.
  afterFirstPaint(async () => {
    const [{ goLive }, own] = await Promise.all([
      import('./live-thread.ts'),
      page.viewer === null ? null : import('./own-tools.tsx'),
    ]);
    goLive({ view, session, translator, page, start: parts.start }, own?.ownTools ?? null);
  });
}
