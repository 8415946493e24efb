import { useEffect, useRef } from 'preact/hooks';
import { COMMENT_SORTS } from '../../../../libs/words/index.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { JOINING } from './comment-actions.tsx';
import { CommentItem } from './comment-item.tsx';
import type { CommentNode } from './comment-node.ts';
import { Composer } from './composer.tsx';
import {
  type ChangingThread,
  isGuest,
  mayWrite,
  mayWriteAsGuest,
  type Stop,
  shutBy,
  type ThreadContext,
  type ThreadPageInfo,
  threadHref,
  threadLink,
  useThread,
} from './context.ts';
import { FrameField, formOf } from './frame-field.tsx';
import { GuestComposer } from './guest-composer.tsx';
import { LaterPill, Pill } from './pill.tsx';
import { PresenceLine } from './presence-line.tsx';
import { ReadingLink } from './reading-link.tsx';
import type { ShownComment } from './shown-comment.ts';
import { AnswerLine, FilterLinks } from './standing-out.tsx';
import { NO_TREE, treeOf } from './tree.ts';

function SortLinks() {
  const { page, translator } = useThread();
  return (
    <nav class="sort" aria-label={translator.t('thread.sort')}>
      {COMMENT_SORTS.map((sort) => (
        <a
          key={sort}
          {...threadLink({ ...page, sort, cursor: null }, { hash: 'discussion' })}
          aria-current={sort === page.sort ? 'true' : undefined}
        >
          {translator.t(`thread.${sort}`)}
        </a>
      ))}
    </nav>
  );
}

/** Tells the state of this discussion when it is not simply open. */
function DiscussionState() {
  const { page, discussion, translator } = useThread();
  if (page.closed !== undefined) return <ClosedByAge closed={page.closed} />;
  if (discussion.state === 'closed') return <p class="notice">{translator.t('thread.closed')}</p>;
  if (discussion.state === 'read-only') return <p class="notice">{translator.t('thread.readOnly')}</p>;
  if (discussion.slowModeSeconds === 0) return null;
  return <p class="notice">{translator.t('thread.slow', { count: discussion.slowModeSeconds })}</p>;
}

function ClosedByAge({ closed, id }: { closed: NonNullable<ThreadPageInfo['closed']>; id?: string }) {
  const { translator } = useThread();
  const { day, days: count } = closed;
  return (
    <p class="notice" id={id}>
      {translator.t('thread.closedByAge', { day, count })}
    </p>
  );
}

/** Why the viewer cannot write; a sanction is told of in the settings. */
function Stopped({ stop }: { stop: Stop }) {
  const { t } = useThread().translator;
  const isSanction = stop === 'suspended' || stop === 'warning_open';
  return (
    <p class="notice waiting" id="comment-form">
      {isSanction ? <a href="/settings#sanctions">{t(`error.${stop}`)}</a> : t(`error.${stop}`)}
    </p>
  );
}

function WriteHere({ newId }: { newId: string }) {
  const thread = useThread();
  const { page, discussion, translator } = thread;
  const shut = shutBy(thread);
  const left =
    shut &&
    (isGuest(thread) ? (
      <GuestComposer parentId={null} shut={shut} />
    ) : (
      <Composer {...{ parentId: null, newId, shut }} />
    ));
  if (discussion.state !== 'open')
    return (
      <>
        {left}
        {discussion.state === 'closed' && page.closed && <ClosedByAge closed={page.closed} id="comment-form" />}
      </>
    );
  if (mayWrite(thread)) return <Composer parentId={null} newId={newId} shut={null} />;
  if (page.viewer?.stop)
    return (
      <>
        {left}
        <Stopped stop={page.viewer.stop} />
      </>
    );
  // Whoever signs in has the page that is theirs, also from a frame that is nobody's.
  const back = `?next=${encodeURIComponent(threadHref(page, { hash: 'new-comment' }).replace('&as=', ''))}`;
  if (mayWriteAsGuest(thread) && page.guests === 'sent') return <GuestSent />;
  if (mayWriteAsGuest(thread))
    return (
      <>
        <GuestComposer parentId={null} shut={null} />
        <p class="sign-in-first">
          <a href={`/sign-in${back}`}>{translator.t('form.signIn')}</a>{' '}
          {page.mayRegister !== false && <a href={`/register${back}`}>{translator.t('form.orRegister')}</a>}
        </p>
      </>
    );
  return (
    <p class="sign-in-first" id="comment-form">
      <a class="button" href={`/sign-in${back}`}>
        {translator.t('form.signInFirst')}
      </a>{' '}
      {page.mayRegister !== false && <a href={`/register${back}`}>{translator.t('form.orRegister')}</a>}
    </p>
  );
}

/** Tells a guest what comes next. The program of a frame gives it the keyboard's focus. */
function GuestSent() {
  const { page, translator } = useThread();
  return (
    <>
      <p class="notice" id="comment-form" role="status" tabIndex={-1}>
        {translator.t('form.guest.sent')}
      </p>
      <p class="sign-in-first">
        <a {...threadLink(page, { hash: 'new-comment' })}>{translator.t('form.guest.again')}</a>
      </p>
    </>
  );
}

/** Shown on a page inside a conversation, with the way back. */
function PartNotice({ root }: { root: CommentNode | undefined }) {
  const { page, translator } = useThread();
  if (page.whole === undefined) return null;
  const back = threadLink({ ...page, cursor: page.whole }, { hash: `comment-${root?.comment.id}` });
  return (
    <p class="notice">
      {translator.t('thread.part')} <a {...back}>{translator.t('thread.whole')}</a>
    </p>
  );
}

/** Where the reader is in a discussion of several pages. */
export function PlaceOnPages({ place, count }: { place: ThreadProps['place']; count: number }) {
  const { page, translator } = useThread();
  const isLast = page.next === null && page.whole === undefined;
  if (place === null || (isLast && page.cursor === null)) return null;
  // A comment that comes while the last page is read stands on it.
  const to = isLast ? Math.max(place.to, count) : place.to;
  return <p class="place">{translator.t('thread.place', { from: place.from, to, count: Math.max(to, count) })}</p>;
}

function Pages({ place, count }: { place: ThreadProps['place']; count: number }) {
  const { page, translator } = useThread();
  const { t } = translator;
  const link = (cursor: string | null, rel: string | undefined, label: string) => (
    <a rel={rel} {...threadLink({ ...page, cursor }, { hash: 'discussion' })}>
      {label}
    </a>
  );
  if (page.cursor === null && page.next === null) return null;
  return (
    <nav class="pages" aria-label={t('thread.pages')}>
      <PlaceOnPages place={place} count={count} />
      {page.cursor !== null && link(null, undefined, t('thread.firstPage'))}
      {page.previous !== null && link(page.previous, 'prev', t('thread.previousPage'))}
      {page.next !== null && link(page.next, 'next', t('thread.nextPage'))}
      {page.last !== null && link(page.last, undefined, t('thread.lastPage'))}
    </nav>
  );
}

export interface ThreadProps {
  readonly comments: readonly ShownComment[];
  /** Visible comments in the whole discussion. */
  readonly count: number;
  /** The comments that the page stands for, folded ones included, numbered from 1 in the order of reading; null where none is visible. */
  readonly place: { readonly from: number; readonly to: number } | null;
  /** Made by the server for the forms without script: posting twice records once. */
  readonly newId: string;
  readonly state: ChangingThread;
}

function Comments({ nodes, newId }: { nodes: readonly CommentNode[]; newId: string }) {
  return (
    <ol class="comments">
      {nodes.map((node) => (
        <CommentItem key={node.comment.id} node={node} parent={null} newId={newId} />
      ))}
    </ol>
  );
}

/** The viewer's comments that were written on this page and belong on another, told so that nobody misses them. */
function OwnElsewhere({ nodes, newId }: { nodes: readonly CommentNode[]; newId: string }) {
  const { t } = useThread().translator;
  if (nodes.length === 0) return null;
  return (
    <div class="own-elsewhere">
      {nodes.map((node) => (
        <div key={node.comment.id}>
          <ol>
            <CommentItem node={node} parent={null} newId={newId} />
          </ol>
          <p class="notice" role="status">
            {!node.comment.delivery && (
              <>
                {t('thread.elsewhere')} <a href={`/comments/${node.comment.id}`}>{t('thread.showThere')}</a>
              </>
            )}
          </p>
        </div>
      ))}
    </div>
  );
}

/** The head of the post says the number of comments too, outside of what is drawn here. */
function tellHead(title: string): void {
  const head = document.querySelector('[data-thread-title]');
  if (head !== null && head.textContent !== title) head.textContent = title;
}

function emptyKey({ only }: ThreadPageInfo, { state }: ThreadContext['discussion']): MessageKey {
  if (only !== undefined) return 'thread.noneFeatured';
  return state === 'open' ? 'thread.empty' : 'thread.emptyClosed';
}

/** A discussion: its heading, the comments in order, and the form; where new ones come at the top, the form is there too. */
export function ThreadSection({ comments, count, newId, state, place }: ThreadProps) {
  const { page, discussion, translator } = useThread();
  const { t } = translator;
  const title = count === 0 ? t('thread.noComments') : t('thread.title', { count });
  useEffect(() => tellHead(title), [title]);
  const tree = useRef(NO_TREE);
  tree.current = treeOf(comments, state, tree.current, page.only !== undefined);
  const isElsewhere = ({ comment }: CommentNode): boolean => state.elsewhere.has(comment.id);
  const nodes = tree.current.top.filter((node) => !isElsewhere(node));
  const own = <OwnElsewhere nodes={tree.current.top.filter(isElsewhere)} newId={newId} />;
  const heldBack = state.waiting[''] ?? 0;
  const pill = heldBack > 0 && <Pill parentId={null} count={heldBack} />;
  const newestFirst = page.sort === 'newest';
  const isAll = page.only === undefined;
  return (
    <>
      <div class="thread-head">
        <h2 id="discussion-title">{title}</h2>
        {(count > 1 || nodes.length > 1) && <SortLinks />}
        <FilterLinks />
        <ReadingLink comments={comments} />
      </div>
      {(count > 1 || nodes.length > 1) && <p class="sort-meaning">{t(`thread.${page.sort}Means`)}</p>}
      <PresenceLine />
      <DiscussionState />
      <AnswerLine comments={comments} />
      {newestFirst && isAll && <WriteHere newId={newId} />}
      {newestFirst && own}
      {newestFirst && pill}
      {nodes.length === 0 && heldBack === 0 && <p class="empty">{t(emptyKey(page, discussion))}</p>}
      <PartNotice root={nodes[0]} />
      {page.viewer && (
        <PostForm id={JOINING} hidden {...formOf(page)}>
          <FrameField />
        </PostForm>
      )}
      {nodes.length > 0 && <Comments nodes={nodes} newId={newId} />}
      {!newestFirst && pill}
      <LaterPill later={state.later} since={state.since} />
      <Pages place={place} count={count} />
      {!newestFirst && own}
      {!newestFirst && isAll && <WriteHere newId={newId} />}
    </>
  );
}
