import type { OwnAttention } from '../../views/notifications/notifications.query-types.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';

interface AttentionFormsProps {
  readonly postId: string;
  /** Null for readers without an account. */
  readonly attention: OwnAttention | null;
  readonly isBookmarked: boolean;
  readonly translator: Translator;
  /** The path of the frame, where the forms stand in one. */
  readonly frame?: string;
}

interface Switch {
  readonly act: 'follow' | 'unfollow' | 'mute' | 'unmute';
  readonly label: MessageKey;
  /** What a press does, where the label says how it stands. */
  readonly title?: MessageKey;
}

/** Whether the member follows the discussion, whether it is muted, and whether the post is bookmarked; each button turns that round. */
export function AttentionForms({ postId, attention, isBookmarked, translator: { t }, frame }: AttentionFormsProps) {
  if (attention === null) return null;
  const follow: Switch = attention.following
    ? { act: 'unfollow', label: 'told.following', title: 'told.unfollow' }
    : { act: 'follow', label: 'told.follow' };
  // Nothing is told of a muted discussion, so it is not said to be followed.
  const switches: readonly Switch[] = attention.muted
    ? [{ act: 'unmute', label: 'told.muted', title: 'told.unmute' }]
    : [follow, { act: 'mute', label: 'told.mute' }];
  return (
    <form
      class="attention"
      method="post"
      action="/notifications/attention"
      {...(frame !== undefined && { target: '_self' })}
    >
      <input type="hidden" name="post" value={postId} />
      <input type="hidden" name="frame" value={frame ?? 'post'} />
      {switches.map(({ act, label, title }) => (
        <button key={act} class="button quiet" type="submit" name="act" value={act} title={title && t(title)}>
          {t(label)}
        </button>
      ))}
      <button
        class="button quiet"
        type="submit"
        formAction="/bookmarks"
        name={isBookmarked ? 'removePost' : 'addPost'}
        value={postId}
        title={isBookmarked ? t('comment.unbookmark') : undefined}
      >
        {t(isBookmarked ? 'bookmarks.postMarked' : 'bookmarks.post')}
      </button>
    </form>
  );
}
