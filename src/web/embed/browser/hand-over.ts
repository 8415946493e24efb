import { readData } from '../../shell/browser/page-data.ts';
import type { HandedOver } from '../frame-messages.ts';

/** Between windows of the forum in one browser: what was signed in by a mail's link is handed on by the window that asked for the mail. */
const CHANNEL = 'colloquy-hand-over';
const given = readData<HandedOver>('hand-over');
const frame: Window | null = window.opener;

/** Where a frame opened this window, it stands beside the page that a reader who goes back wants to see. */
document.querySelector('[data-close]')?.addEventListener('click', (event) => {
  if (!frame) return;
  event.preventDefault();
  close();
});

/** Only a page of the forum itself gets the code, and it counts for the frame alone that asked for it. */
function hand(code: string): void {
  frame?.postMessage({ colloquyCode: code }, location.origin);
  close();
}

/** The words' digest of the frame that opened this window, which waits for a mail. */
function awaited(): string | null {
  const next = new URLSearchParams(location.search).get('next') ?? '';
  return new URL(next, location.origin).searchParams.get('challenge');
}

if (given) {
  new BroadcastChannel(CHANNEL).postMessage(given);
  if (frame) hand(given.code);
} else if (frame) {
  new BroadcastChannel(CHANNEL).addEventListener('message', ({ data }: MessageEvent<HandedOver>) => {
    if (data.challenge === awaited()) hand(data.code);
  });
}
