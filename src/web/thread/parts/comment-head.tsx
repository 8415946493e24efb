import type { Author } from '../../../../libs/client/shapes.ts';
import type { Role } from '../../../../libs/words/index.ts';
import { exactTime } from '../../shell/i18n/moments.ts';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';
import { Initials } from '../../shell/initials.tsx';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { threadLink, useThread } from './context.ts';
import type { ShownComment } from './shown-comment.ts';

/** Only the highest one is shown. */
const BADGES = ['admin', 'moderator', 'editor'] as const satisfies readonly Role[];

/** A member's own page, or an imported author's address, if one was given; guests have neither. */
function linkOf(author: Author): { href: string; rel?: string } | null {
  if (author.id !== null) return { href: `/members/${encodeURIComponent(author.handle)}` };
  if (!('imported' in author)) return null;
  return author.url === undefined ? null : { href: author.url, rel: 'nofollow ugc noopener' };
}

function Name({ author, id }: { author: Author; id: string }) {
  const link = linkOf(author);
  const name = { class: 'name', id, dir: 'auto', children: author.displayName } as const;
  return link === null ? <span {...name} /> : <a {...name} {...link} />;
}

function badgeOf(author: Author, postAuthorId: string | null): MessageKey | null {
  if (author.id === null) return 'comment.imported';
  if (author.id === postAuthorId) return 'comment.postAuthor';
  const role = BADGES.find((one) => author.roles?.includes(one));
  return role === undefined ? null : `role.${role}`;
}

/** The author's name, or words for a member who is gone and left the comments here. */
export function nameOf({ author }: ShownComment, { t }: Translator): string {
  return author?.displayName ?? t('comment.nameless');
}

/** Name, badge and time on one quiet line; the time is the comment's own address, "edited" leads to its history. */
export function CommentHead({ comment, isNew = false }: { comment: ShownComment; isNew?: boolean }) {
  const { page, discussion, translator, actions } = useThread();
  const { t } = translator;
  const { author } = comment;
  const badge = author && badgeOf(author, page.post.authorId);
  return (
    <header class="comment-head">
      {author === null ? (
        <span class="name" id={`by-${comment.id}`}>
          {nameOf(comment, translator)}
        </span>
      ) : (
        <>
          <Initials author={author} />
          <Name author={author} id={`by-${comment.id}`} />
        </>
      )}
      {isNew && <span class="badge new">{t('comment.isNew')}</span>}
      {badge && <span class="badge">{t(badge)}</span>}
      {discussion.acceptedCommentId === comment.id && <span class="badge accepted">{t('comment.acceptedAnswer')}</span>}
      {comment.featured && <span class="badge">{t('comment.featured')}</span>}
      {discussion.pinnedCommentId === comment.id && <span class="badge pinned">{t('comment.pinned')}</span>}
      {comment.delivery ? (
        <span class="when">{comment.delivery.kind === 'sending' ? t('comment.sending') : ''}</span>
      ) : (
        <a class="when" {...threadLink(page, { hash: `comment-${comment.id}` })}>
          <TimeAgo at={comment.createdAt} translator={translator} now={actions ? null : page.now} />
        </a>
      )}
      {comment.editedAt !== null && !comment.delivery && (
        <a
          class="when edited"
          href={`/comments/${comment.id}/history`}
          title={t('comment.editedAt', { time: exactTime(comment.editedAt, { translator, isLocal: false }) })}
        >
          {t('comment.edited')}
        </a>
      )}
    </header>
  );
}
