import { isEditor, isModerator, isReactionKind } from '../../../../libs/words/index.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import type { CommentMarks, CommentNode, OpenForm } from './comment-node.ts';

import { mayAccept, mayWriteAsGuest, type ThreadPageInfo, threadHref, useThread } from './context.ts';
import { countAnswers } from './tree.ts';

/** A link that works without the browser program, and opens its form in place with it. */
function Action({ form, marks, href, label }: { form: OpenForm; marks: CommentMarks; href: string; label: string }) {
  const { actions, own, page } = useThread();
  const isInThread = form.kind === 'answer' || form.kind === 'react';
  const opensHere = actions && (own || isInThread);
  const isOpen = marks.form === form.kind;
  return (
    <a
      class="action"
      href={href}
      target={isInThread && page.post.frame !== undefined ? '_self' : undefined}
      data-action={form.kind}
      aria-expanded={opensHere ? isOpen : undefined}
      onClick={(event) => {
        if (!opensHere || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        actions.open(isOpen ? null : form);
      }}
    >
      {label}
    </a>
  );
}

/** The form for all counts of reactions on the page; each button names its own address. */
export const JOINING = 'joining';

/** The reactions in words with a count; a press adds the viewer's or takes it back. Empty without reactions. */
function ReactionCounts({ node: { comment, marks } }: { node: CommentNode }) {
  const { page, discussion, translator, own } = useThread();
  const { t, number } = translator;
  const place = threadHref(page, { hash: `comment-${comment.id}` });
  return (
    <>
      {Object.entries(comment.reactions).map(([kind, count]) => {
        if (count === 0 || !isReactionKind(kind)) return null;
        const name = t(`reaction.${kind}`);
        const isOwn = marks.own.includes(kind);
        const told = { title: t('reaction.count', { kind: name, count }), children: `${name} ${number(count)}` };
        if (page.viewer === null)
          return discussion.state === 'open' ? (
            <a key={kind} class="reaction" href={signInHref(place)} {...told} />
          ) : (
            <span key={kind} class="reaction" {...told} />
          );
        return (
          <button
            key={kind}
            class={isOwn ? 'reaction own' : 'reaction'}
            type="submit"
            form={JOINING}
            formAction={`/comments/${comment.id}/reactions`}
            name={isOwn ? 'taken' : 'kind'}
            value={kind}
            aria-pressed={isOwn}
            onClick={(event) => {
              if (!own) return;
              event.preventDefault();
              own.react(comment.id, kind);
            }}
            {...told}
          />
        );
      })}
    </>
  );
}

const signInHref = (place: string): string => `/sign-in?next=${encodeURIComponent(place)}`;

/** Bookmarks the comment, or takes the bookmark away: the form is the one of the reactions. */
function Bookmarking({ commentId, isMarked }: { commentId: string; isMarked: boolean }) {
  const { translator, own } = useThread();
  return (
    <button
      class="action"
      type="submit"
      form={JOINING}
      formAction="/bookmarks"
      name={isMarked ? 'remove' : 'add'}
      value={commentId}
      onClick={(event) => {
        if (!own) return;
        event.preventDefault();
        own.bookmark(commentId);
      }}
    >
      {translator.t(isMarked ? 'comment.unbookmark' : 'comment.bookmark')}
    </button>
  );
}

/** Actions that few look for. */
function More({ node, isDeepest }: { node: CommentNode; isDeepest: boolean }) {
  const {
    page: { viewer, translates },
    discussion,
    translator: { t },
  } = useThread();
  const { id: commentId, featured = false } = node.comment;
  const isOwn = viewer !== null && node.comment.author?.id === viewer.memberId;
  const maySayLanguage = viewer !== null && viewer.stop === null && (isOwn || isModerator(viewer.roles));
  const mayFeature = viewer !== null && viewer.stop === null && isEditor(viewer.roles);
  return (
    <details class="more">
      <summary class="action" aria-label={t('comment.more')} title={t('comment.more')}>
        ⋯
      </summary>
      <a class="action" href={`/receipts/${commentId}`}>
        {t('comment.verify')}
      </a>
      {maySayLanguage && (
        <a class="action" href={`/comments/${commentId}/language`}>
          {t('comment.language')}
        </a>
      )}
      {translates && node.comment.status === 'visible' && (
        <a class="action" href={`/comments/${commentId}/translations`}>
          {t('translation.add')}
        </a>
      )}
      {viewer && <Bookmarking commentId={commentId} isMarked={node.marks.isBookmarked} />}
      {mayFeature && <Mark commentId={commentId} mark="feature" isOn={featured} />}
      {viewer && isModerator(viewer.roles) && (
        <Mark commentId={commentId} mark="pin" isOn={discussion.pinnedCommentId === commentId} />
      )}
      {isDeepest && <span class="why-not">{t('error.too_deep')}</span>}
    </details>
  );
}

interface MarkProps {
  readonly commentId: string;
  readonly mark: 'pin' | 'accept' | 'feature';
  /** Whether the comment has the mark. */
  readonly isOn: boolean;
}

/** The last part of the address, and the field. */
const MARKS = {
  pin: ['pin', 'pinned'],
  accept: ['accepted', 'accepted'],
  feature: ['featured', 'featured'],
} as const;

/** Marks the comment, or takes the mark away: a button of the form of the reactions, so that it works without the browser program. */
function Mark({ commentId, mark, isOn }: MarkProps) {
  const { translator } = useThread();
  const [path, name] = MARKS[mark];
  return (
    <button
      class="action"
      type="submit"
      form={JOINING}
      formAction={`/comments/${commentId}/${path}`}
      name={name}
      value={isOn ? '0' : '1'}
    >
      {translator.t(isOn ? `comment.un${mark}` : `comment.${mark}`)}
    </button>
  );
}

/** The words of the fold's label, for which the line of actions keeps room. */
function foldRoom(node: CommentNode, { t, number }: Translator): Record<`data-${string}`, string> {
  const count = countAnswers(node);
  return count === 0 ? {} : { 'data-answers': t('comment.answers', { count }), 'data-count': number(count) };
}

/** The actions on a comment: always there, for touch and keyboard, small and quiet. */
export function CommentActions({ node }: { node: CommentNode }) {
  const { comment, marks } = node;
  const thread = useThread();
  const { page, discussion, translator } = thread;
  const { t } = translator;
  const { id } = comment;
  const isOwn = page.viewer !== null && comment.author?.id === page.viewer.memberId;
  const isCopy = thread.foldedFrom !== undefined;
  const isVisible = comment.status === 'visible';
  const isSettled = isVisible && !comment.delivery;
  const mayChange = isOwn && (isVisible || comment.status === 'held');
  const mayJudge = page.viewer !== null && isModerator(page.viewer.roles);
  const inThread = (kind: OpenForm['kind'], hash: string) => threadHref(page, { form: { kind, commentId: id }, hash });
  const action = (kind: OpenForm['kind'], href: string) => (
    <Action form={{ kind, commentId: id }} marks={marks} href={href} label={t(`comment.${kind}`)} />
  );
  return (
    <div class="actions" {...foldRoom(node, translator)}>
      {discussion.state === 'open' &&
        isVisible &&
        !page.viewer?.stop &&
        comment.depth < page.deepest &&
        (page.viewer || mayWriteAsGuest(thread) ? (
          action('answer', inThread('answer', 'answer'))
        ) : (
          <a class="action" data-action="answer" href={signInHref(inThread('answer', 'answer'))}>
            {t('comment.answer')}
          </a>
        ))}
      {page.viewer && !page.viewer.stop && isVisible && action('react', inThread('react', `comment-${id}`))}
      {mayChange && !page.viewer?.stop && action('edit', `/comments/${id}/edit`)}
      {mayChange && action('remove', `/comments/${id}/remove`)}
      {page.viewer &&
        !isOwn &&
        (mayJudge
          ? action('moderate', `/moderation/cases/${id}`)
          : isVisible && action('report', `/comments/${id}/report`))}
      {isSettled && mayAccept(thread) && (
        <Mark commentId={id} mark="accept" isOn={discussion.acceptedCommentId === id} />
      )}
      {isSettled && (
        <>
          {!isCopy && (
            <a class="action" data-action="share" href={sharedHref(page, id)}>
              {t('comment.share')}
            </a>
          )}
          <More node={node} isDeepest={discussion.state === 'open' && comment.depth >= page.deepest} />
        </>
      )}
      <ReactionCounts node={node} />
    </div>
  );
}

/** Where readers find a comment: on the page of another site, where its discussion is framed there. */
function sharedHref({ post: { frame } }: Pick<ThreadPageInfo, 'post'>, id: string): string {
  const host = frame && new URLSearchParams(frame.split('?')[1]).get('url');
  return host ? `${host}#comment-${id}` : `/comments/${id}`;
}
