import type { Page } from '../../../libs/client/index.ts';
import { type ListedImage, MOST_LOOKED_AT } from '../../acts/bringing-images.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import type { Frame } from '../shell/frame.ts';
import { PostForm } from '../shell/post-form.tsx';

interface OwnImagesProps {
  readonly frame: Frame;
  readonly images: Page<ListedImage>;
  readonly done: DoneAct | null;
}

function Place({ shownIn, frame }: { readonly shownIn: ListedImage['shownIn']; readonly frame: Frame }) {
  const { t } = frame.translator;
  if (shownIn === null) return <>{t('images.nowhere', { count: MOST_LOOKED_AT })}</>;
  if ('commentId' in shownIn) return <a href={`/comments/${shownIn.commentId}`}>{t('images.inComment')}</a>;
  return (
    <a href={postHref(shownIn)} dir="auto">
      {t('images.inPost', { title: shownIn.title })}
    </a>
  );
}

function Item({ image: { id, alt, shownIn }, frame }: { readonly image: ListedImage; readonly frame: Frame }) {
  const { t } = frame.translator;
  const name = alt ?? t('images.undescribed');
  return (
    <li class="entry with-picture">
      <img src={`/images/${id}-480.jpg`} alt={alt ?? ''} loading="lazy" />
      <div>
        <h2 dir="auto" id={`image-${id}`}>
          {name}
        </h2>
        <p class="hint">
          <Place shownIn={shownIn} frame={frame} />
        </p>
      </div>
      <PostForm action="/settings/images">
        <button
          class="button quiet"
          type="submit"
          name="remove"
          value={id}
          id={`remove-${id}`}
          aria-labelledby={`remove-${id} image-${id}`}
        >
          {t('images.delete')}
        </button>
      </PostForm>
    </li>
  );
}

/** The pictures that a member has brought, newest first. */
export function OwnImagesPage({ frame, images: { items, next }, done }: OwnImagesProps) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('images.title')} styles={['account.css']}>
      <h1>{t('images.title')}</h1>
      <Done done={done} translator={frame.translator} />
      <p class="lead">{t(items.length === 0 && next === null ? 'images.none' : 'images.lead')}</p>
      <ul class="entries">
        {items.map((image) => (
          <Item key={image.id} image={image} frame={frame} />
        ))}
      </ul>
      {next !== null && (
        <p>
          <a href={`/settings/images?cursor=${encodeURIComponent(next)}`}>{t('images.older')}</a>
        </p>
      )}
      <p class="aside">
        <a href="/settings">{t('nav.settings')}</a>
      </p>
    </Document>
  );
}
