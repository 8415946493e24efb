import { areKeysOn, TEXT_FIELDS } from './kept-keys.ts';

/** `/` leads to the search, or to its field where that is on the page. */
export function listenToFindKey(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !areKeysOn())
      return;
    const at = event.target;
    if (at instanceof Element && at.closest(`${TEXT_FIELDS}, select, dialog, [contenteditable]`) !== null) return;
    event.preventDefault();
    const field = document.getElementById('search-words');
    if (field) field.focus();
    else location.assign('/search');
  });
}
