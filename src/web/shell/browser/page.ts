import { followHash, tidyAddress } from './address.ts';
import { listenToFindKey } from './find-key.ts';
import { keepFolds } from './folds.ts';
import { keep, kept } from './kept.ts';
import { SENT_DRAFT } from './kept-keys.ts';
import { keepPlaceOf, returnToPlace } from './place.ts';
import { loadLate, loadPrograms } from './programs.ts';
import { forgetTextsAtSignOut } from './signing-out.ts';
import { keepTimes } from './times.ts';

/** A published or saved post leads to its page, and a translation to its text's others, so its draft is done. After a refusal the form stands here again. */
function forgetSentDraft(): void {
  const sent = kept(SENT_DRAFT, 'sessionStorage');
  if (sent === null) return;
  keep(SENT_DRAFT, null, 'sessionStorage');
  const { pathname, search } = location;
  const isSaved = pathname.endsWith('/translations') && new URLSearchParams(search).get('done') === 'saved';
  if (isSaved || /^\/posts\/[^/]+$/.test(pathname)) keep(sent, null);
}

loadPrograms();
const thread = document.getElementById('thread');
if (thread) keepFolds(thread);
forgetSentDraft();
forgetTextsAtSignOut();
tidyAddress();
returnToPlace();
for (const form of document.querySelectorAll<HTMLFormElement>('.language-form')) keepPlaceOf(form);
keepTimes();
listenToFindKey();
followHash();
loadLate();
