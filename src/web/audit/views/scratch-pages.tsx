import type { ScratchArea } from '../../../../libs/client/audit-shapes.ts';
import type { Comment, CommentPage, Page, Post, PostSummary } from '../../../../libs/client/shapes.ts';
import type { Frame } from '../../shell/frame.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { shownHtml } from '../../shell/shown-html.ts';
import { AuditPage } from '../audit-page.tsx';
import { logTime } from '../event-table.tsx';

interface ScratchProps {
  readonly frame: Frame;
  readonly area: ScratchArea;
}

function Stood({ frame, area }: ScratchProps) {
  const { t } = frame.translator;
  const time = area.at === null ? '–' : `${logTime(area.at)} UTC`;
  return (
    <p class="notice" role="note">
      {t(area.by === 'happened' ? 'audit.stoodHappened' : 'audit.stood', { position: area.position, time })}
    </p>
  );
}

function More({ frame, href }: { frame: Frame; href: string | null }) {
  const { t } = frame.translator;
  if (href === null) return null;
  return (
    <nav class="pages" aria-label={t('queue.more')}>
      <a rel="next" href={href}>
        {t('queue.more')}
      </a>
    </nav>
  );
}

/** The posts of that moment. */
export function ScratchPostsPage({ frame, area, posts }: ScratchProps & { readonly posts: Page<PostSummary> }) {
  const { t, number } = frame.translator;
  const here = `/audit/scratch/${area.id}`;
  return (
    <AuditPage frame={frame} title={t('audit.scratchTitle')}>
      <h1>{t('audit.scratchTitle')}</h1>
      <Stood frame={frame} area={area} />
      {posts.items.length === 0 && <p class="empty">{t('posts.empty')}</p>}
      <ul class="lines">
        {posts.items.map(({ id, title, locale, publishedAt, status, commentCount }) => (
          <li key={id}>
            <a href={`${here}/posts/${id}`} lang={locale} dir="auto">
              {title}
            </a>{' '}
            <span class="hint">
              {logTime(publishedAt)} · {status} · {number(commentCount)}
            </span>
          </li>
        ))}
      </ul>
      <More
        frame={frame}
        href={posts.next === null ? null : `${here}?${new URLSearchParams({ cursor: posts.next })}`}
      />
    </AuditPage>
  );
}

function Said({ comment, frame }: { comment: Comment; frame: Frame }) {
  const { author, status, createdAt, bodyHtml, language, depth } = comment;
  return (
    <li class="around" data-depth={Math.min(depth, 5)}>
      <p class="hint">
        <bdi>{author?.displayName ?? '–'}</bdi> · {logTime(createdAt)}
        {status !== 'visible' && <span class="badge">{status}</span>}
      </p>
      {bodyHtml !== null && (
        <div
          class="text"
          dir="auto"
          lang={language ?? languageOf(bodyHtml)}
          dangerouslySetInnerHTML={shownHtml(bodyHtml, { from: 2, translator: frame.translator })}
        />
      )}
    </li>
  );
}

/** A post of that moment with its comments, hidden ones too. */
export function ScratchThreadPage({
  frame,
  area,
  post,
  page,
}: ScratchProps & { readonly post: Post; readonly page: CommentPage }) {
  const { t } = frame.translator;
  const here = `/audit/scratch/${area.id}`;
  const next = page.next === null ? null : `${here}/posts/${post.id}?${new URLSearchParams({ cursor: page.next })}`;
  return (
    <AuditPage frame={frame} title={post.title}>
      <p class="back">
        <a href={here}>{t('audit.allPosts')}</a>
      </p>
      <h1 lang={post.locale} dir="auto">
        {post.title}
      </h1>
      <Stood frame={frame} area={area} />
      <div
        class="text plain"
        lang={post.locale}
        dir="auto"
        dangerouslySetInnerHTML={shownHtml(post.bodyHtml, { from: 2, translator: frame.translator })}
      />
      <ol class="branch plain scratch">
        {page.items.map((comment) => (
          <Said key={comment.id} comment={comment} frame={frame} />
        ))}
      </ol>
      <More frame={frame} href={next} />
    </AuditPage>
  );
}
