const SIZE = 'popup,width=480,height=760';

function inBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return inBase64Url(new Uint8Array(digest));
}

/**
 * A browser that keeps back the frame's cookie says nothing: only who reads here now tells it. In a page without https
 * the forum's own https does not help.
 */
export function sayNotKept(): void {
  const why = location.protocol === 'https:' && !isSecureContext ? 'host-insecure' : 'not-kept';
  document.getElementById(why)?.removeAttribute('hidden');
}

/** The page comes again, for its new reader; a form that waits to be sent again stays, with its text. */
function comeAgain(): void {
  const unsent = document.querySelector<HTMLElement>('[data-unsent] [type=submit]');
  if (unsent) unsent.focus();
  else location.reload();
}

/** True when the forum opened a session; the page comes again with it, or says that the browser did not keep it. */
async function enter(fields: Readonly<Record<string, string>>): Promise<boolean> {
  const answer = await fetch('/embed/sessions', { method: 'POST', body: new URLSearchParams(fields) });
  if (!answer.ok) return false;
  if ((await fetch('/api/v1/members/me')).ok) comeAgain();
  else sayNotKept();
  return true;
}

/** By a token of the page around the frame, without any window. */
export function enterBySso(sso: string): Promise<boolean> {
  return enter({ sso });
}

/**
 * Signing in happens in a window of the forum, where its own cookie counts. The window hands a code to this frame, and
 * to nobody else: to the forum's origin, and for words that only this frame knows.
 */
export function signInByWindow(host: string): void {
  const verifier = inBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const signIn = open('', '_blank', SIZE);
  if (!signIn) return;
  void challengeOf(verifier).then((challenge) => {
    signIn.location.href = `/embed/sign-in?${new URLSearchParams({ host, challenge })}`;
  });
  const hear = ({ source, origin, data }: MessageEvent): void => {
    if (source !== signIn || origin !== location.origin || typeof data?.colloquyCode !== 'string') return;
    removeEventListener('message', hear);
    void enter({ code: data.colloquyCode, verifier, url: host });
  };
  addEventListener('message', hear);
}
