/** The session that a form is sent with counts for the site on whose page its frame stands. */
function stateSite(form: HTMLFormElement, site: string): void {
  const frame = form.elements.namedItem('frame');
  if (!(frame instanceof HTMLInputElement)) return;
  const query = new URLSearchParams(frame.value.split('?')[1]);
  query.set('site', new URL(site).origin);
  frame.value = `/embed?${query}`;
}

/** The form of those without an account with a text in it: a member's is never another one's. */
function typedAsGuest(): HTMLFormElement | null {
  const fields = document.querySelectorAll<HTMLTextAreaElement>('.composer textarea[name=body]');
  const typed = [...fields].find(({ value }) => value.trim() !== '');
  return typed?.form?.elements.namedItem('email') ? typed.form : null;
}

/** The frame's own later pages do not say on which site it stands as long as nobody is signed in. */
function comeTo(site: string): void {
  if (location.search === '') return location.reload();
  const query = new URLSearchParams(location.search);
  query.set('site', new URL(site).origin);
  location.replace(`/embed?${query}`);
}

/**
 * The page comes again, for its new reader; a form that waits to be sent again stays, with its text, as one of the new
 * session. A text that was typed before goes to the forum and comes back in the member's form, with its preview: no
 * browser's storage is needed for that, which many keep from frames.
 */
export function comeAgain(site: string): void {
  const unsent = document.querySelector<HTMLFormElement>('form[data-unsent]');
  if (unsent) {
    stateSite(unsent, site);
    // Whoever signed in now sends it.
    unsent.querySelector('[name=as]')?.remove();
    unsent.querySelector<HTMLElement>('[type=submit]')?.focus();
    return;
  }
  const typed = typedAsGuest();
  if (!typed) return comeTo(site);
  stateSite(typed, site);
  const preview = Object.assign(document.createElement('input'), { type: 'hidden', name: 'preview', value: '1' });
  typed.append(preview);
  typed.submit();
}
