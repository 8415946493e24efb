import { statedSite } from '../../shell/browser/frame-site.ts';

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

/** What a code or a token opens a session with, on the page around the frame. */
type Entry = Readonly<Record<string, string>> & { readonly url: string };

/** True when the forum opened a session; the page comes again with it, or says that the browser did not keep it. */
async function enter(fields: Entry): Promise<boolean> {
  const answer = await fetch('/embed/sessions', { method: 'POST', body: new URLSearchParams(fields) });
  if (!answer.ok) return false;
  if ((await fetch('/api/v1/members/me', { headers: statedSite(fields.url) })).ok)
    (await import('./come-again.ts')).comeAgain(fields.url);
  else sayNotKept();
  return true;
}

/** By a token of the page around the frame, without any window. */
export function enterBySso(sso: string, url: string): Promise<boolean> {
  return enter({ sso, url });
}

/** Ends the session in the frame, whose page comes again without it. */
export async function leave(): Promise<void> {
  await fetch('/embed/sign-out', { method: 'POST', headers: statedSite(), redirect: 'manual' });
  location.reload();
}

/** The digest of the person whom a token names, whoever signed it; null for what is no token. */
export async function personIn(token: string): Promise<string | null> {
  try {
    const bytes = Uint8Array.from(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const isNamed = typeof claims === 'object' && claims !== null && 'sub' in claims && typeof claims.sub === 'string';
    return isNamed ? await challengeOf(String(claims.sub)) : null;
  } catch {
    return null;
  }
}

/**
 * Signing in happens in a window of the forum, where its own cookie counts. The window hands a code to this frame, and
 * to nobody else: to the forum's origin, and for words that only this frame knows. False where no window opens.
 */
export function signInByWindow(host: string): boolean {
  const verifier = inBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const signIn = open('', '_blank', SIZE);
  if (!signIn) return false;
  void challengeOf(verifier).then((challenge) => {
    signIn.location.href = `/embed/sign-in?${new URLSearchParams({ host, challenge })}`;
  });
  const hear = ({ source, origin, data }: MessageEvent): void => {
    if (source !== signIn || origin !== location.origin || typeof data?.colloquyCode !== 'string') return;
    removeEventListener('message', hear);
    void enter({ code: data.colloquyCode, verifier, url: host });
  };
  addEventListener('message', hear);
  return true;
}
