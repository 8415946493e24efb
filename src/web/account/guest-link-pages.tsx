import type { SeenGuestComment } from '../../acts/guest-commenting.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import { shownHtml } from '../shell/shown-html.ts';

interface ConfirmGuestProps {
  readonly frame: Frame;
  /** The path of the page, with the link's secret. */
  readonly path: string;
  /** Belongs to one showing of the form, so that a second press of its button repeats the first. */
  readonly id: string;
  readonly seen: SeenGuestComment;
}

/** The guest's comment as it waits, with the one button. */
export function ConfirmGuestPage({ frame, path, id, seen }: ConfirmGuestProps) {
  const { translator } = frame;
  const { t } = translator;
  const { displayName: name, email, bodyHtml, post } = seen;
  return (
    <Document frame={frame} title={t('confirm.guest.title')}>
      <div class="narrow">
        <h1>{t('confirm.guest.title')}</h1>
        {post !== null && (
          <p class="post-meta">
            <bdi>{post.title}</bdi>
          </p>
        )}
        <blockquote
          class="text said"
          dir="auto"
          lang={languageOf(bodyHtml)}
          dangerouslySetInnerHTML={shownHtml(bodyHtml, { from: 2, translator })}
        />
        <FormFrame
          action={path}
          translator={translator}
          errors={{}}
          hidden={{ id }}
          buttons={<Submit label={t('confirm.guest.submit')} />}
        >
          <p>{t('confirm.guest.press', { name, email })}</p>
        </FormFrame>
      </div>
    </Document>
  );
}

interface ConfirmedGuestProps {
  readonly frame: Frame;
  /** Null where it is not shown, or where the link was opened before. */
  readonly post: SeenGuestComment['post'];
}

/** Leads back to where the comment will stand: for one from a frame, to the page of the other site. */
export function ConfirmedGuestPage({ frame, post }: ConfirmedGuestProps) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('confirm.guest.title')}>
      <div class="narrow">
        <h1>{t('confirm.guest.title')}</h1>
        <DoneText text={t('confirm.guest.done')} />
        <p class="aside">
          {post === null ? (
            <a href="/">{t('nav.posts')}</a>
          ) : (
            <a href={post.url ?? postHref(post)} dir="auto">
              {post.title}
            </a>
          )}
        </p>
      </div>
    </Document>
  );
}
