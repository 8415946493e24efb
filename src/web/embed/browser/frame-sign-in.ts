import type { Here } from './here.ts';

const SIZE = 'popup,width=480,height=760';

function inBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export async function challengeOf(verifier: string): Promise<string> {
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

/**
 * Signing in happens in a window of the forum, where its own cookie counts. The window hands a code to this frame, and
 * to nobody else: to the forum's origin, and for words that only this frame knows. False where no window opens.
 */
export function signInByWindow(host: string, here: Here): boolean {
  const verifier = inBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const signIn = open('', '_blank', SIZE);
  if (!signIn) return false;
  void challengeOf(verifier).then((challenge) => {
    signIn.location.href = `/embed/sign-in?${new URLSearchParams({ host, challenge })}`;
  });
  const hear = ({ source, origin, data }: MessageEvent): void => {
    if (source !== signIn || origin !== location.origin || typeof data?.colloquyCode !== 'string') return;
    removeEventListener('message', hear);
    void import('./come-again.ts').then(({ enter }) => enter({ code: data.colloquyCode, verifier, url: host }, here));
  };
  addEventListener('message', hear);
  return true;
}
