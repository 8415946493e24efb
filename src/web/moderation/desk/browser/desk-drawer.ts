import { read, say } from './desk-page.ts';

const DRAWER = document.querySelector<HTMLDialogElement>('#desk-drawer');

/** Whether the address is a member's record, which opens beside the case. */
export function isDrawerAddress(address: URL): boolean {
  return address.origin === location.origin && address.pathname.startsWith('/moderation/members/');
}

/**
 * Shows the member's page in the drawer, or what came of a form in it; false when there was no answer. A page that is
 * something else (signed out, an error) is gone to.
 */
export async function showDrawer(request: Promise<Response>): Promise<boolean> {
  const answer = await read(request);
  const page = answer?.page.getElementById('drawer');
  if (answer && !page) location.assign(answer.url);
  if (!page) return answer !== null;
  DRAWER?.querySelector('[data-drawer]')?.replaceChildren(document.adoptNode(page));
  if (DRAWER?.open) DRAWER.scrollTo(0, 0);
  else DRAWER?.showModal();
  page.querySelector<HTMLElement>('[autofocus]')?.focus();
  say(page.querySelector('.form-error, .saved')?.textContent ?? '');
  return true;
}

export function closeDrawer(): void {
  DRAWER?.close();
}
