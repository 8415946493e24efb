import { keep, kept, keptUnder } from './kept.ts';

const LEAVING = 'colloquy:leaving';
const SIGN_OUT = 'form[action$="/sign-out"]';

/**
 * Whoever signs out leaves nothing half typed to others who use the browser: every key of it has the member's id in it. It
 * goes once a page shows that nobody is signed in, so that a sign-out that fails loses nothing. What was sent and has not
 * arrived yet waits for the member.
 */
export function forgetTextsAtSignOut(): void {
  const memberId = kept(LEAVING, 'sessionStorage');
  keep(LEAVING, null, 'sessionStorage');
  if (memberId !== null && document.querySelector(SIGN_OUT) === null) {
    for (const rest of keptUnder('colloquy:')) {
      const [kind, ...parts] = rest.split(':');
      if (kind !== 'outbox' && parts.includes(memberId)) keep(`colloquy:${rest}`, null);
    }
  }
  for (const form of document.querySelectorAll<HTMLFormElement>(SIGN_OUT)) {
    form.addEventListener('submit', () => {
      const member = form.elements.namedItem('as');
      if (member instanceof HTMLInputElement) keep(LEAVING, member.value, 'sessionStorage');
    });
  }
}
