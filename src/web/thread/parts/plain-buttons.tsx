import { languageOf } from '../../shell/i18n/language-of.ts';
import { shownHtml } from '../../shell/shown-html.ts';
import { useThread } from './context.ts';
import { commentsAction } from './frame-field.tsx';

/**
 * The buttons of a form for those whose browser runs no program, which has better ones: these send the form, and the page
 * comes back with the text. They are inputs and come last, so that the program takes over the rest of the form.
 */
export function PlainButtons({ parentId }: { parentId: string | null }) {
  const { page, translator } = useThread();
  const { t } = translator;
  return (
    <>
      <input class="button quiet scriptless" type="submit" name="preview" value={t('compose.preview')} />
      {parentId !== null && (
        <input
          class="button quiet scriptless"
          type="submit"
          name="quote"
          value={t('compose.quoteComment')}
          formNoValidate
        />
      )}
      {page.images && page.post.frame === undefined && (
        <input
          class="button quiet scriptless"
          type="submit"
          value={t('picture.add')}
          formAction={`/images/new?to=${encodeURIComponent(commentsAction(page))}`}
          formNoValidate
        />
      )}
      {page.images && page.post.frame !== undefined && (
        <a class="scriptless" href="/images/new">
          {t('picture.add')}
        </a>
      )}
    </>
  );
}

/** The text as it would be posted, when its preview was asked for. */
export function PlainPreview({ parentId }: { parentId: string | null }) {
  const { page, refused, translator } = useThread();
  if (refused?.previewHtml === undefined || refused.parentId !== parentId) return null;
  return (
    <section class="preview" aria-labelledby="plain-preview" tabIndex={-1} autofocus={page.post.frame === undefined}>
      <h3 id="plain-preview">{translator.t('compose.preview')}</h3>
      <div
        class="body text"
        dir="auto"
        lang={languageOf(refused.previewHtml, page.post.locale)}
        dangerouslySetInnerHTML={shownHtml(refused.previewHtml, { from: 3, translator })}
      />
    </section>
  );
}
