import { Http } from '../../../../libs/client/http.ts';
import { PostDraftsClient } from '../../../../libs/client/post-drafts-client.ts';
import { fetchAs } from '../../shell/browser/fetch-as.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { shownHtml } from '../../shell/shown-html.ts';
import type { WriteData } from '../write-data.ts';
import { completeTags } from './complete-tags.ts';
import { followCaret } from './following-caret.ts';
import { FormPreview } from './form-preview.ts';
import type { KeptForm } from './kept-form.ts';
import { SavedDraft } from './saved-draft.ts';

/** What makes a form for a post pleasant: it is kept by itself, shown beside itself, and its tags are completed. */
export function helpPost(kept: KeptForm, data: WriteData, page: Translator): void {
  const drafts = new PostDraftsClient(new Http({ fetch: fetchAs(data.memberId) }));
  new SavedDraft(kept, { ...data, drafts, page }).follow();
  const htmlOf = async (text: string, options: { readonly signal: AbortSignal }): Promise<string> =>
    shownHtml((await drafts.preview(text, options)).bodyHtml, { from: 3, translator: page }).__html;
  new FormPreview(kept.form, { htmlOf, beside: matchMedia('(min-width: 75em)') }).follow();
  completeTags(kept.form);
  const field = kept.form.elements.namedItem('body');
  const preview = document.querySelector<HTMLElement>('#preview');
  if (field instanceof HTMLTextAreaElement && preview) followCaret(field, preview);
}
