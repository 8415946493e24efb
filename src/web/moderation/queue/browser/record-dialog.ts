import { read, say } from './live-page.ts';

const DIALOG = document.querySelector<HTMLDialogElement>('#member-record');

/** Whether the address is a member's record, which opens beside the case. */
export function isRecordAddress(address: URL): boolean {
  return address.origin === location.origin && address.pathname.startsWith('/moderation/members/');
}

/**
 * Shows the member's page, or a form's result, in the dialog; false without an answer. Goes to any other page (signed
 * out, an error).
 */
export async function showRecord(request: Promise<Response>): Promise<boolean> {
  const answer = await read(request);
  if (answer?.isRefused) return false;
  const page = answer?.page.getElementById('record');
  if (answer && !page) location.assign(answer.url);
  if (!page) return answer !== null;
  DIALOG?.querySelector('[data-record]')?.replaceChildren(document.adoptNode(page));
  if (DIALOG?.open) DIALOG.scrollTo(0, 0);
  else DIALOG?.showModal();
  page.querySelector<HTMLElement>('[autofocus]')?.focus();
  say(page.querySelector('.form-error, .saved')?.textContent ?? '');
  return true;
}

export function closeRecord(): void {
  DIALOG?.close();
}
