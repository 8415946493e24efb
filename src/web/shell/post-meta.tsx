import type { PostSummary } from '../../../libs/client/index.ts';
import { NEWSLETTER_ARCHIVE_PATH } from './addresses.ts';
import type { Frame } from './frame.ts';
import { exactTime } from './i18n/moments.ts';
import { TimeAgo } from './time-ago.tsx';

/** Date, author and anything unusual: a newsletter, or a post that readers do not see. */
export function PostMeta({ post, frame }: { post: PostSummary; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <p class="post-meta">
      {post.status === 'scheduled' ? (
        <span class="badge waiting">
          {t('post.scheduled', { time: exactTime(post.publishedAt, { translator, isLocal: false }) })}
        </span>
      ) : (
        <TimeAgo at={post.publishedAt} translator={translator} now={frame.now} />
      )}
      {post.author && (
        <span>
          <bdi>{post.author.displayName}</bdi>
        </span>
      )}
      {post.kind === 'newsletter' && (
        <a class="badge" href={NEWSLETTER_ARCHIVE_PATH}>
          {t('post.newsletter')}
        </a>
      )}
      {post.status === 'withdrawn' && <span class="badge waiting">{t('post.withdrawn')}</span>}
    </p>
  );
}
