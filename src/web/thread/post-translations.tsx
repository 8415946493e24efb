import type { Post, Translation, TranslationLine } from '../../../libs/client/index.ts';
import { TRANSLATION_LANGUAGES, type TranslationPlace } from '../../../libs/words/index.ts';
import { postHref } from '../shell/addresses.ts';
import { type Frame, readerOf } from '../shell/frame.ts';
import { Provenance } from '../shell/provenance.tsx';
import { mayReport, ReportTranslationLink } from '../shell/report-translation-link.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { StaleLine } from '../shell/stale-line.tsx';
import { ORIGINAL } from './thread-wish.ts';

/** The translations of a post, and the one that stands in its place. */
export interface PostTranslations {
  readonly items: readonly TranslationLine[];
  readonly shown: Translation | null;
  /** Whether the reader may add one. */
  readonly may: boolean;
  /** Where the shown one stands for a reader who did not ask for it; absent where it was asked for. */
  readonly atOnce?: TranslationPlace;
}

/** The languages in which the post can be read. */
export function TranslationLinks({
  post,
  frame,
  translations: { items, shown, may, atOnce },
}: {
  post: Post;
  frame: Frame;
  translations: PostTranslations;
}) {
  const { t } = frame.translator;
  if (items.length === 0 && !may) return null;
  const href = postHref(post);
  return (
    <p class="post-meta post-translations">
      {shown !== null && atOnce !== 'beside' && (
        <a href={atOnce === undefined ? href : `${href}?translation=${ORIGINAL}`} hreflang={post.locale}>
          {t('translation.original')}
        </a>
      )}
      {items.map(({ language }) => (
        <a
          key={language}
          href={`${href}?translation=${language}`}
          lang={language}
          hreflang={language}
          aria-current={shown?.language === language ? 'true' : undefined}
        >
          {TRANSLATION_LANGUAGES[language]}
        </a>
      ))}
      <a href={`${href}/translations`}>{t(may ? 'translation.add' : 'translation.all')}</a>
    </p>
  );
}

/** A translation below the post itself. */
export function TranslationBelow({ post, frame, shown }: ShownProps) {
  const { translator } = frame;
  return (
    <section class="translation-below" aria-label={translator.t('translation.text')}>
      {shown.title !== undefined && (
        <p class="lead" lang={shown.language} dir="auto">
          {shown.title}
        </p>
      )}
      <TranslationText post={post} frame={frame} shown={shown} />
    </section>
  );
}

interface ShownProps {
  readonly post: Post;
  readonly frame: Frame;
  readonly shown: Translation;
}

/** The author of the post is led to where a translation that says what it says no more is taken away. */
function TranslationText({ post, frame, shown }: ShownProps) {
  const { translator, member } = frame;
  const isOwn = member !== null && post.author?.id === member.id;
  const asked = { line: shown, reader: readerOf(frame) };
  return (
    <>
      <Provenance translation={shown} frame={frame} />
      {mayReport(asked) && (
        <p class="post-meta">
          <ReportTranslationLink {...asked} translator={translator} />
        </p>
      )}
      {shown.stale && (
        <p class="status">
          <StaleLine line={shown} translator={translator} />
          {isOwn && (
            <>
              {' '}
              <a href={`${postHref(post)}/translations?open=${shown.language}#${shown.language}`}>
                {translator.t('translation.takeAway')}
              </a>
            </>
          )}
        </p>
      )}
      <div
        class="post-body text"
        lang={shown.language}
        dir="auto"
        dangerouslySetInnerHTML={shownHtml(shown.bodyHtml, { from: 2, translator })}
      />
    </>
  );
}

/** The post in another language, with its original folded below. */
export function TranslatedPost({ post, frame, shown }: ShownProps) {
  const { translator } = frame;
  return (
    <>
      <TranslationText post={post} frame={frame} shown={shown} />
      <details class="original">
        <summary>{translator.t('translation.original')}</summary>
        <p class="lead" lang={post.locale} dir="auto">
          {post.title}
        </p>
        <div
          class="post-body text"
          lang={post.locale}
          dir="auto"
          dangerouslySetInnerHTML={shownHtml(post.bodyHtml, { from: 2, translator })}
        />
      </details>
    </>
  );
}
