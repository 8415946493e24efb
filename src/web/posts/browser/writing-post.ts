import { Http } from '../../../../libs/client/http.ts';
import { PostDraftsClient } from '../../../../libs/client/post-drafts-client.ts';
import { fetchAs } from '../../shell/browser/fetch-as.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import type { WriteData } from '../write-data.ts';
import { completeTags } from './complete-tags.ts';
import { followCaret } from './following-caret.ts';
import type { KeptForm } from './kept-form.ts';
import { PostPreview } from './post-preview.ts';
import { SavedDraft } from './saved-draft.ts';

/** What makes a form for a post pleasant: it is kept by itself, shown beside itself, and its tags are completed. */
export function helpPost(kept: KeptForm, data: WriteData, page: Translator): void {
  const drafts = new PostDraftsClient(new Http({ fetch: fetchAs(data.memberId) }));
  new SavedDraft(kept, { ...data, drafts, page }).follow();
  new PostPreview(kept.form, { drafts, page }).follow();
  completeTags(kept.form);
  const field = kept.form.elements.namedItem('body');
  const preview = document.querySelector<HTMLElement>('#preview');
  if (field instanceof HTMLTextAreaElement && preview) followCaret(field, preview);
}
