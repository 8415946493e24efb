import type { Post } from '../../../libs/client/index.ts';
import type { OwnAttention } from '../../views/notifications/notifications.query-types.ts';
import type { SiteInForce } from '../../views/site/site.query-types.ts';
import { postHref, withdrawPath } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type Frame, mayEditPosts, mayModerate } from '../shell/frame.ts';
import type { Messages } from '../shell/i18n/translate.ts';
import { PostForm } from '../shell/post-form.tsx';
import { PostMeta } from '../shell/post-meta.tsx';
import { PostTags } from '../shell/post-tags.tsx';
import type { PublicPage } from '../shell/public-page.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { SubscriptionBox } from '../shell/subscription-box.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { WithdrawnNotice } from '../shell/withdrawn-notice.tsx';
import { headWithoutTags, unescaped } from '../shell/without-tags.ts';
import { AttentionForms } from './attention-forms.tsx';
import { describedPost, imageIn } from './described-post.ts';
import { JumpToDay } from './jump-to-day.tsx';
import { type ThreadContext, type ThreadPageInfo, ThreadProvider, threadHref } from './parts/context.ts';
import { postHtmlOn } from './parts/page-budget.ts';
import { threadData } from './parts/page-data.ts';
import { type ThreadProps, ThreadSection } from './parts/thread.tsx';
import { PastThread } from './past/past-thread.tsx';
import { type PastWish, TimeMachine } from './past/time-machine.tsx';
import { type PostTranslations, TranslatedPost, TranslationBelow, TranslationLinks } from './post-translations.tsx';
import { SinceVisit } from './since-visit.tsx';
import type { ThreadHead } from './thread-heads.ts';
import type { PostDone } from './thread-wish.ts';

export interface PostPageProps {
  /** What led here, where an editor did something with the post. */
  readonly postDone: PostDone | null;
  readonly frame: Frame;
  readonly post: Post;
  readonly head: ThreadHead;
  readonly thread: ThreadProps;
  readonly context: ThreadContext;
  /** The position that the thread shows; live continues from there. */
  readonly position: string;
  readonly total: number;
  readonly messages: Messages;
  readonly attention: OwnAttention | null;
  readonly isBookmarked: boolean;
  readonly translations: PostTranslations;
}

/** Says that the post asks something, or that it does not. */
function AskForm({ post, frame: { translator } }: { post: Post; frame: Frame }) {
  const { asks = false } = post.discussion;
  return (
    <PostForm class="inline asking" action={`${postHref(post)}/asking`}>
      <button class="action" type="submit" name="asks" value={asks ? '0' : '1'} aria-describedby="ask-hint">
        {translator.t(asks ? 'post.unask' : 'post.ask')}
      </button>{' '}
      <span class="hint" id="ask-hint">
        {translator.t(asks ? 'post.unaskHint' : 'post.askHint')}
      </span>
    </PostForm>
  );
}

/** On later pages of its discussion a long post stands with its beginning alone. */
function PostText({
  post,
  frame,
  page,
  translations,
}: {
  post: Post;
  frame: Frame;
  page: Pick<ThreadPageInfo, 'cursor'>;
  translations?: PostTranslations;
}) {
  const { t } = frame.translator;
  const html = postHtmlOn(page, post);
  const isWhole = html === post.bodyHtml;
  const below = translations?.atOnce === 'beside' ? translations.shown : null;
  const inPlace = below === null ? (translations?.shown ?? null) : null;
  return (
    <article aria-labelledby="post-title">
      <header class="post-head">
        <PostMeta post={post} frame={frame} />
        <h1 id="post-title" lang={inPlace?.language ?? post.locale} dir="auto">
          {inPlace?.title ?? post.title}
        </h1>
        <p class="post-meta">
          {post.url !== undefined && (
            <a href={post.url} rel="noopener">
              {t('embed.readThere', { host: new URL(post.url).host })}
            </a>
          )}
          <a href="#discussion" data-thread-title>
            {post.commentCount === 0 ? t('thread.noComments') : t('thread.title', { count: post.commentCount })}
          </a>
          {post.editedAt !== null && (
            <span>
              {t('comment.edited')} <TimeAgo at={post.editedAt} translator={frame.translator} now={frame.now} />
            </span>
          )}
          {mayEditPosts(frame.member) && <a href={`${postHref(post)}/edit`}>{t('post.edit')}</a>}
          {mayEditPosts(frame.member) && post.kind === 'newsletter' && (
            <a href={`${postHref(post)}/issue`}>{t('issue.link')}</a>
          )}
          {mayEditPosts(frame.member) && post.status !== 'withdrawn' && (
            <a href={withdrawPath(post)}>{t('withdraw.link')}</a>
          )}
          {mayEditPosts(frame.member) && <AskForm post={post} frame={frame} />}
          {mayModerate(frame.member) && (
            <a href={`/moderation/discussions/${encodeURIComponent(post.slug)}`}>{t('discussion.manage')}</a>
          )}
        </p>
      </header>
      {translations && <TranslationLinks post={post} frame={frame} translations={translations} />}
      {inPlace ? (
        <TranslatedPost post={post} frame={frame} shown={inPlace} />
      ) : (
        <div
          class="post-body text"
          lang={post.locale}
          dir="auto"
          dangerouslySetInnerHTML={shownHtml(html, { from: 2, translator: frame.translator })}
        />
      )}
      {below && <TranslationBelow post={post} frame={frame} shown={below} />}
      {!isWhole && !inPlace && (
        <p>
          <a href={postHref(post)}>{t('post.whole')}</a>
        </p>
      )}
      <PostTags tags={post.tags} translator={frame.translator} />
      {page.cursor === null && <SubscriptionBox frame={frame} />}
    </article>
  );
}

/** Characters of a description, and of the HTML that it is taken from. */
const [DESCRIPTION, DESCRIBING] = [200, 2_000];

function plainText(html: string): string {
  return unescaped(headWithoutTags(html, DESCRIBING)).replace(/\s+/g, ' ').trim().slice(0, DESCRIPTION).toWellFormed();
}

/** What search engines are told: a page of the discussion in its first order is a page of its own. */
function knownOf(post: Post, page: ThreadPageInfo, origin: string, site: SiteInForce): PublicPage | undefined {
  if (post.status !== 'published') return undefined;
  const { sort, cursor } = page;
  const path = sort === 'oldest' ? threadHref({ sort, cursor, post: { slug: post.slug } }) : postHref(post);
  const image = imageIn(post.bodyHtml);
  return {
    path,
    type: 'article',
    image,
    publishedAt: post.publishedAt,
    editedAt: post.editedAt,
    feed: postHref(post),
    described: describedPost(post, { origin, siteName: site.name, text: plainText(post.excerptHtml), image }),
  };
}

function Head({ machine, ...since }: ThreadHead) {
  return (
    <>
      <TimeMachine {...machine} />
      <SinceVisit {...since} frame={machine.frame} />
    </>
  );
}

/** A post and its discussion, readable and usable before any script has come. */
export function PostPage(props: PostPageProps) {
  const { frame, post, head, thread, context, position, total, messages, postDone, attention, isBookmarked } = props;
  const { translations } = props;
  const { t } = frame.translator;
  return (
    <Document
      frame={frame}
      title={post.title}
      isOfPost
      description={plainText(post.excerptHtml)}
      known={knownOf(post, context.page, frame.origin, frame.site)}
      scripts={['thread.js']}
      data={threadData({ context, thread, position, total, messages })}
      skipTo={{ href: '#discussion', label: t('nav.skipToDiscussion') }}
      tellsMembership={context.discussion.state === 'open'}
    >
      {postDone !== null && mayEditPosts(frame.member) && (
        <DoneText text={t(postDone === 'published' ? 'write.published' : 'back.done')} />
      )}
      {post.status === 'withdrawn' && <WithdrawnNotice post={post} frame={frame} />}
      <PostText post={post} frame={frame} page={context.page} translations={translations} />
      <section class="discussion" id="discussion" aria-labelledby="discussion-title">
        <Head {...head} />
        <AttentionForms
          postId={post.id}
          attention={attention}
          isBookmarked={isBookmarked}
          translator={frame.translator}
        />
        <div id="thread">
          <ThreadProvider value={context}>
            <ThreadSection {...thread} />
          </ThreadProvider>
        </div>
        {head.days && <JumpToDay {...head.days} />}
        <div id="thread-tools" />
      </section>
    </Document>
  );
}

interface PastPageProps extends Pick<PostPageProps, 'frame' | 'post' | 'head' | 'context'> {
  readonly thread: Omit<Parameters<typeof PastThread>[0], 'wish'>;
  readonly wish: PastWish;
}

/** The post as it is, and its discussion as it stood; no program makes it live. */
export function PastPage({ frame, post, head, thread, context, wish }: PastPageProps) {
  return (
    <Document
      frame={frame}
      title={post.title}
      isOfPost
      skipTo={{ href: '#discussion', label: frame.translator.t('nav.skipToDiscussion') }}
    >
      <PostText post={post} frame={frame} page={context.page} />
      <section class="discussion" id="discussion" aria-labelledby="discussion-title">
        <Head {...head} />
        <div id="thread" class="past">
          <ThreadProvider value={context}>
            <PastThread {...thread} wish={wish} />
          </ThreadProvider>
        </div>
      </section>
    </Document>
  );
}
