import type { OwnAttention } from '../../views/notifications/notifications.query-types.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';
import { PostForm } from '../shell/post-form.tsx';

interface AttentionFormsProps {
  readonly postId: string;
  /** Null for readers without an account. */
  readonly attention: OwnAttention | null;
  readonly isBookmarked: boolean;
  readonly translator: Translator;
  /** The path of the frame, where the forms stand in one. */
  readonly frame?: string;
  /** The member for whom that frame was drawn. */
  readonly as?: string | undefined;
}

interface Switch {
  readonly act: 'follow' | 'unfollow' | 'mute' | 'unmute';
  /** Short, since the three stand in one row of a phone. */
  readonly label: MessageKey;
  /** What a press does. */
  readonly title: MessageKey;
}

/** Whether the member follows the discussion, whether it is muted, and whether the post is bookmarked; each button turns that round. */
export function AttentionForms({ postId, attention, isBookmarked, translator: { t }, frame, as }: AttentionFormsProps) {
  if (attention === null) return null;
  const follow: Switch = attention.following
    ? { act: 'unfollow', label: 'told.following', title: 'told.unfollow' }
    : { act: 'follow', label: 'told.followShort', title: 'told.follow' };
  // Nothing is told of a muted discussion, so it is not said to be followed.
  const switches: readonly Switch[] = attention.muted
    ? [{ act: 'unmute', label: 'told.muted', title: 'told.unmute' }]
    : [follow, { act: 'mute', label: 'told.muteShort', title: 'told.mute' }];
  // Whoever comments follows from then on: the page's program turns the button with the first comment.
  const turns = attention.followsByComment && {
    'data-following': t('told.following'),
    'data-title': t('told.unfollow'),
  };
  return (
    <PostForm
      class="attention"
      action="/notifications/attention"
      as={as}
      {...(frame !== undefined && { target: '_self' })}
    >
      <input type="hidden" name="post" value={postId} />
      <input type="hidden" name="frame" value={frame ?? 'post'} />
      {switches.map(({ act, label, title }) => (
        <button
          key={act}
          class="action"
          type="submit"
          name="act"
          value={act}
          title={t(title)}
          {...(act === 'follow' && turns)}
        >
          {t(label)}
        </button>
      ))}
      <button
        class="action"
        type="submit"
        formAction="/bookmarks"
        name={isBookmarked ? 'removePost' : 'addPost'}
        value={postId}
        title={t(isBookmarked ? 'comment.unbookmark' : 'bookmarks.post')}
      >
        {t(isBookmarked ? 'bookmarks.postMarked' : 'comment.bookmark')}
      </button>
    </PostForm>
  );
}
