import type { PreviewLink } from '../../../libs/client/index.ts';
import { MOST_PREVIEW_DAYS, PREVIEW_DAYS } from '../../../libs/words/index.ts';
import type { PreviewedPost, PublishedPlace } from '../../acts/sharing-previews.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type FieldErrors, SelectField } from '../shell/fields.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { exactTime } from '../shell/i18n/moments.ts';
import { PostForm } from '../shell/post-form.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

/** A post as it is now, for whoever has the link. */
export function PreviewPage({ frame, post }: { frame: Frame; post: PreviewedPost }) {
  const { translator } = frame;
  const { t } = translator;
  const { title, author, locale, bodyHtml, tags, expiresAt } = post;
  return (
    <Document frame={frame} title={t('preview.title', { title: title || t('drafts.untitled') })}>
      <p class="notice waiting">
        {t('preview.stands', { time: exactTime(expiresAt, { translator, isLocal: false }) })}
      </p>
      <article aria-labelledby="post-title">
        <header class="post-head">
          <h1 id="post-title" lang={locale} dir="auto">
            {title || t('drafts.untitled')}
          </h1>
          {author && (
            <p class="post-meta">
              <bdi>{author.displayName}</bdi>
            </p>
          )}
        </header>
        <div
          class="post-body text"
          lang={locale}
          dir="auto"
          dangerouslySetInnerHTML={shownHtml(bodyHtml, { from: 2, translator })}
        />
        {tags.length > 0 && (
          <ul class="tags" aria-label={t('post.tags')}>
            {tags.map((tag) => (
              <li key={tag} dir="auto">
                {tag}
              </li>
            ))}
          </ul>
        )}
      </article>
    </Document>
  );
}

/** What a link says that shows nothing; where the post is published by now, it leads there. */
export function PreviewOverPage({ frame, published }: { frame: Frame; published: PublishedPlace | null }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('preview.over')}>
      <h1>{t('preview.over')}</h1>
      {published === null ? (
        <p class="lead">{t('preview.overLead')}</p>
      ) : (
        <p class="lead">
          {t('preview.out')}{' '}
          <a href={postHref(published)} dir="auto">
            {published.title}
          </a>
        </p>
      )}
      <p class="buttons">
        <a class="button quiet" href="/">
          {t('error.home')}
        </a>
      </p>
    </Document>
  );
}

interface LinksProps {
  readonly frame: Frame;
  readonly postId: string;
  readonly title: string;
  /** Where the text is gone on with. */
  readonly back: string;
  readonly links: readonly PreviewLink[];
  readonly errors: FieldErrors;
  readonly done: 'shared' | 'ended' | null;
}

export function previewLinksPath(postId: string): string {
  return `/write/${postId}/links`;
}

const DAYS = [1, 7, PREVIEW_DAYS, 90, MOST_PREVIEW_DAYS];

function Item({ link, postId, frame }: { link: PreviewLink; postId: string; frame: Frame }) {
  const { translator, now } = frame;
  const { t } = translator;
  const until = exactTime(link.expiresAt, { translator, isLocal: false });
  return (
    <li class="entry">
      <div>
        <p class="preview-address">
          <a href={link.url} rel="noreferrer">
            {link.url}
          </a>
        </p>
        <p class="hint">
          {t('preview.by', { name: link.by?.displayName ?? t('comment.nameless') })}{' '}
          <TimeAgo at={link.madeAt} translator={translator} now={now} />
          <br />
          {t('preview.until', { time: until })}
        </p>
        <PostForm class="buttons" action={previewLinksPath(postId)}>
          <input type="hidden" name="end" value={link.id} />
          <button class="button quiet" type="submit" aria-label={`${t('preview.end')}: ${until}`}>
            {t('preview.end')}
          </button>
        </PostForm>
      </div>
    </li>
  );
}

/** The links to a post that is not published, for editors: they are made and ended here. */
export function PreviewLinksPage({ frame, postId, title, back, links, errors, done }: LinksProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('preview.links')} styles={['account.css']}>
      <h1>{t('preview.links')}</h1>
      <p class="lead">
        <a href={back} dir="auto">
          {title || t('drafts.untitled')}
        </a>
      </p>
      {done !== null && <DoneText text={t(`preview.done.${done}`)} />}
      <p>{t('preview.lead')}</p>
      <ul class="entries">
        {links.map((link) => (
          <Item key={link.id} link={link} postId={postId} frame={frame} />
        ))}
      </ul>
      <FormFrame
        action={previewLinksPath(postId)}
        translator={translator}
        errors={errors}
        once
        buttons={<Submit label={t('preview.make')} />}
      >
        <SelectField name="days" label={t('preview.days')} errors={errors}>
          {DAYS.map((days) => (
            <option key={days} value={days} selected={days === PREVIEW_DAYS}>
              {t('preview.count', { count: days })}
            </option>
          ))}
        </SelectField>
      </FormFrame>
    </Document>
  );
}
