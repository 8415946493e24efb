import type { ComponentChildren } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { languageOf } from '../../shell/i18n/language-of.ts';
import type { MessageKey } from '../../shell/i18n/translate.ts';
import { shownHtml } from '../../shell/shown-html.ts';
import { CommentActions } from './comment-actions.tsx';
import { CommentHead, nameOf } from './comment-head.tsx';
import { type CommentNode, takesWords } from './comment-node.ts';
import { type CommentElement, type MarkDone, type ThreadPageInfo, useThread } from './context.ts';
import { OpenFormAt } from './open-forms.tsx';
import { MoreAnswers, Pill } from './pill.tsx';
import { hasText, type ShownComment } from './shown-comment.ts';
import { countAnswers } from './tree.ts';

interface ItemProps {
  readonly node: CommentNode;
  readonly parent: ShownComment | null;
  readonly newId: string;
}

/** From this depth on, narrow screens indent no further, and the comment names its parent's author. */
export const DEEP = 5;

/** A grey line in place of a comment that this reader may not see; its answers stay. */
function Placeholder({ comment }: { comment: ShownComment }) {
  const { translator } = useThread();
  if (comment.status === 'held') return null;
  const { removedFor } = comment;
  if (removedFor !== undefined) {
    return (
      <p class="gone">
        {translator.t('comment.removedOwn')}{' '}
        {removedFor !== null && <strong>{translator.t(`reason.${removedFor}`)}</strong>}{' '}
        <a href="/settings#decisions">{translator.t('comment.why')}</a>
      </p>
    );
  }
  if (comment.unreadable) return <p class="gone">{translator.t('comment.unreadable')}</p>;
  return <p class="gone">{translator.t(comment.status === 'erased' ? 'comment.erased' : 'comment.removed')}</p>;
}

const STATUS_TEXTS: Readonly<Record<ShownComment['status'], MessageKey | null>> = {
  visible: null,
  held: 'comment.held',
  rejected: 'comment.rejected',
  removed: 'comment.removedSeen',
  erased: 'comment.erased',
};

/** The author is led to the reason of the decision. */
function StatusLine({ comment: { status, author } }: { comment: ShownComment }) {
  const { translator, page } = useThread();
  const isOwn = page.viewer !== null && author?.id === page.viewer.memberId;
  const key = status === 'held' && !isOwn ? 'comment.heldSeen' : STATUS_TEXTS[status];
  return (
    key && (
      <p class={`status ${status}`}>
        {translator.t(key)}{' '}
        {status === 'held' && isOwn && <a href="/notifications">{translator.t('comment.heldNext')}</a>}
        {status === 'rejected' && isOwn && <a href="/settings#decisions">{translator.t('comment.why')}</a>}
      </p>
    )
  );
}

const DONE_TEXTS: Readonly<Record<MarkDone, MessageKey>> = {
  pinned: 'comment.isPinned',
  unpinned: 'comment.isUnpinned',
  accepted: 'comment.isAccepted',
  unaccepted: 'comment.isUnaccepted',
  featured: 'comment.isFeaturedNow',
  unfeatured: 'comment.isUnfeatured',
};

/** The viewer's act on the comment that led here; the browser puts the focus there. */
function JustDone({ comment: { id } }: { comment: ShownComment }) {
  const { page, translator } = useThread();
  if (page.done?.commentId !== id) return null;
  return (
    <p class="saved" id="done" role="status" tabIndex={-1}>
      {translator.t(DONE_TEXTS[page.done.did])}
    </p>
  );
}

/** The author's text: Markdown made safe by the server, or plain text of an own comment that has not come back yet. */
export function Body({ comment }: { comment: ShownComment }) {
  const { page, translator } = useThread();
  const text = comment.bodyHtml ?? comment.body ?? '';
  const language = comment.language ?? languageOf(text, page.post.locale);
  return comment.bodyHtml === null ? (
    <div class="body text unsent" dir="auto" lang={language}>
      {text}
    </div>
  ) : (
    <div
      class="body text"
      dir="auto"
      lang={language}
      dangerouslySetInnerHTML={shownHtml(comment.bodyHtml, { from: 3, translator })}
    />
  );
}

/** Folded for who ignores its author, until a press opens it, or a form that is open there. */
function Ignored({ node: { comment, marks }, children }: { node: CommentNode; children: ComponentChildren }) {
  const { page, translator } = useThread();
  const isOpened = useRef(false);
  isOpened.current ||= marks.form !== null || page.done?.commentId === comment.id || page.named === comment.id;
  return (
    <details class="ignored" open={isOpened.current}>
      <summary dir="auto">{translator.t('comment.ignored', { name: nameOf(comment, translator) })}</summary>
      {children}
    </details>
  );
}

function Contents({ node, parent, newId }: ItemProps) {
  const thread = useThread();
  const { translator, own, languages } = thread;
  const { comment, marks } = node;
  if (!hasText(comment))
    return (
      <>
        <Placeholder comment={comment} />
        {marks.form && takesWords(marks.form) && <OpenFormAt key="form" node={node} newId={newId} />}
      </>
    );
  const isEdited = own !== null && marks.form === 'edit';
  const contents = (
    <>
      <CommentHead comment={comment} isNew={marks.isNew} />
      {comment.depth > DEEP && parent !== null && hasText(parent) && (
        <p class="in-answer">{translator.t('comment.inAnswerTo', { name: nameOf(parent, translator) })}</p>
      )}
      <StatusLine comment={comment} />
      {!isEdited &&
        (languages && comment.translations ? (
          <languages.WithTranslations comment={comment}>
            <Body comment={comment} />
          </languages.WithTranslations>
        ) : (
          <Body comment={comment} />
        ))}
      <JustDone comment={comment} />
      {comment.delivery ? own && <own.Delivery comment={comment} /> : <CommentActions node={node} />}
      {own && <own.RefusedReaction comment={comment} />}
      <OpenFormAt key="form" node={node} newId={newId} />
    </>
  );
  if (marks.isIgnored) return <Ignored node={node}>{contents}</Ignored>;
  return languages?.isFolded(comment, thread) ? (
    <languages.InOtherLanguage node={node}>{contents}</languages.InOtherLanguage>
  ) : (
    contents
  );
}

/**
 * The answers below a comment behind a hairline. It is a <details>, so that it folds without a script: the summary
 * draws the hairline, which makes the whole line a place to press.
 */
function Answers({ node, children }: { node: CommentNode; children: ComponentChildren }) {
  const { translator, foldedFrom } = useThread();
  const { t, number } = translator;
  const count = countAnswers(node);
  return (
    <details class="answers" open={foldedFrom === undefined || node.comment.depth < foldedFrom}>
      <summary>
        <span class="fold" title={t('comment.hideAnswers', { count })}>
          <span class="fold-open">
            <span class="narrow-only" aria-hidden="true">
              {number(count)}
            </span>
            <span class="fold-words">{t('comment.answers', { count })}</span>
          </span>
          <span class="fold-closed">{t('comment.showAnswers', { count })}</span>
        </span>
      </summary>
      {children}
    </details>
  );
}

function Inside(props: ItemProps) {
  const { node, newId } = props;
  const { comment, answers, marks } = node;
  return (
    <>
      <article tabIndex={-1} aria-labelledby={hasText(comment) ? `by-${comment.id}` : undefined}>
        <Contents {...props} />
      </article>
      {answers.length > 0 && (
        <Answers node={node}>
          <ol>
            {answers.map((answer) => (
              <CommentItem key={answer.comment.id} node={answer} parent={comment} newId={newId} />
            ))}
          </ol>
        </Answers>
      )}
      {marks.fold && <MoreAnswers rootId={comment.id} fold={marks.fold} />}
      {marks.waiting > 0 && <Pill parentId={comment.id} count={marks.waiting} />}
    </>
  );
}

function elementOf({ comment, marks }: CommentNode, { viewer }: ThreadPageInfo): CommentElement {
  const classes = ['comment', comment.delivery && 'on-its-way', marks.isFresh && 'fresh'].filter(Boolean);
  const isOwn = viewer !== null && comment.author?.id === viewer.memberId;
  return { class: classes.join(' '), id: `comment-${comment.id}`, 'data-own': isOwn || undefined };
}

/** One comment with everything below it; it is not drawn again while its branch of the tree is the same. */
export function CommentItem({ node, parent, newId }: ItemProps) {
  const thread = useThread();
  const { Kept } = thread;
  const inside = useMemo(() => <Inside node={node} parent={parent} newId={newId} />, [node, parent, newId]);
  const element = elementOf(node, thread.page);
  return Kept ? (
    <Kept thread={thread} element={element} node={node} parent={parent}>
      {inside}
    </Kept>
  ) : (
    <li {...element}>{inside}</li>
  );
}
