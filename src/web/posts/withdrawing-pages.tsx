import type { Page, Post, PostSummary } from '../../../libs/client/index.ts';
import { bringBackPath, postHref, WITHDRAWN_PATH, withdrawPath } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { PostMeta } from '../shell/post-meta.tsx';

interface QuestionProps {
  readonly frame: Frame;
  readonly post: Post;
}

function Named({ post, frame }: QuestionProps) {
  return (
    <>
      <PostMeta post={post} frame={frame} />
      <p class="lead" lang={post.locale} dir="auto">
        <a href={postHref(post)}>{post.title}</a>
      </p>
    </>
  );
}

/** Says what withdrawing a post does, before it is done. */
export function WithdrawPage({ frame, post }: QuestionProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('withdraw.title')}>
      <div class="narrow">
        <h1>{t('withdraw.title')}</h1>
        <Named post={post} frame={frame} />
        <FormFrame
          action={withdrawPath(post)}
          translator={translator}
          buttons={
            <>
              <Submit label={t('withdraw.do')} danger />
              <Cancel href={postHref(post)} label={t('form.cancel')} />
            </>
          }
        >
          <p>{t('withdraw.lead')}</p>
          {post.kind === 'newsletter' && <p>{t('withdraw.issue')}</p>}
        </FormFrame>
      </div>
    </Document>
  );
}

/** Says what bringing a withdrawn post back does, before it is done; `isLater`: readers do not see it at once then. */
export function BringBackPage({ frame, post, isLater }: QuestionProps & { isLater: boolean }) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('back.title')}>
      <div class="narrow">
        <h1>{t('back.title')}</h1>
        <Named post={post} frame={frame} />
        <FormFrame
          action={bringBackPath(post)}
          translator={translator}
          buttons={
            <>
              <Submit label={t('back.do')} />
              <Cancel href={postHref(post)} label={t('form.cancel')} />
            </>
          }
        >
          <p>{t('back.lead')}</p>
          {isLater && <p>{t('back.later')}</p>}
        </FormFrame>
      </div>
    </Document>
  );
}

function Item({ post, frame }: { post: PostSummary; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <li class="entry">
      <div>
        <h2 dir="auto" lang={post.locale}>
          <a href={postHref(post)}>{post.title}</a>
        </h2>
        <PostMeta post={post} frame={frame} />
        <p class="buttons">
          <a class="button quiet" href={bringBackPath(post)} aria-label={`${t('back.link')}: ${post.title}`}>
            {t('back.link')}
          </a>
        </p>
      </div>
    </li>
  );
}

interface WithdrawnProps {
  readonly frame: Frame;
  readonly posts: Page<PostSummary>;
}

/** All that was withdrawn, by the date of the posts, newest first. */
export function WithdrawnPage({ frame, posts }: WithdrawnProps) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('withdrawn.title')} styles={['account.css']}>
      <h1>{t('withdrawn.title')}</h1>
      <p class="lead">{posts.items.length === 0 ? t('withdrawn.none') : t('withdrawn.lead')}</p>
      <ul class="entries">
        {posts.items.map((post) => (
          <Item key={post.id} post={post} frame={frame} />
        ))}
      </ul>
      {posts.next !== null && (
        <p>
          <a href={`${WITHDRAWN_PATH}?cursor=${encodeURIComponent(posts.next)}`}>{t('posts.older')}</a>
        </p>
      )}
    </Document>
  );
}
