import type { Author, Role } from '../../../libs/client/shapes.ts';
import { exactTime } from '../i18n/moments.ts';
import type { MessageKey } from '../i18n/translate.ts';
import { threadHref, useThread } from './context.ts';
import { Initials } from './initials.tsx';
import type { ShownComment } from './shown-comment.ts';
import { TimeAgo } from './time-ago.tsx';

const BADGES: readonly (readonly [Role, MessageKey])[] = [
  ['admin', 'role.admin'],
  ['moderator', 'role.moderator'],
  ['editor', 'role.editor'],
];

function Name({ author, id }: { author: Author; id: string }) {
  const { page } = useThread();
  if (author.id === null && author.url !== undefined) {
    return (
      <a class="name" id={id} href={author.url} rel="nofollow ugc noopener" dir="auto">
        {author.displayName}
      </a>
    );
  }
  // A member's page is open to members only, so others get no link that would turn them away.
  if (author.id === null || page.viewer === null) {
    return (
      <span class="name" id={id} dir="auto">
        {author.displayName}
      </span>
    );
  }
  return (
    <a class="name" id={id} href={`/members/${encodeURIComponent(author.handle)}`} dir="auto">
      {author.displayName}
    </a>
  );
}

function badgesOf(author: Author, postAuthorId: string | null): readonly MessageKey[] {
  if (author.id === null) return ['comment.imported'];
  const roles = BADGES.filter(([role]) => author.roles?.includes(role)).slice(0, 1);
  const keys = roles.map(([, key]) => key);
  return author.id === postAuthorId ? ['comment.postAuthor'] : keys;
}

/** Name, badge and time on one quiet line; the time is the comment's own address, "edited" leads to its history. */
export function CommentHead({ comment, author }: { comment: ShownComment; author: Author }) {
  const { page, discussion, translator, actions } = useThread();
  const { t } = translator;
  return (
    <header class="comment-head">
      <Initials author={author} />
      <Name author={author} id={`by-${comment.id}`} />
      {badgesOf(author, page.post.authorId).map((key) => (
        <span class="badge" key={key}>
          {t(key)}
        </span>
      ))}
      {discussion.pinnedCommentId === comment.id && <span class="badge pinned">{t('comment.pinned')}</span>}
      {comment.delivery ? (
        <span class="when">{comment.delivery.kind === 'sending' ? t('comment.sending') : ''}</span>
      ) : (
        <a class="when" href={threadHref(page, { hash: `comment-${comment.id}` })}>
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
