import { comeTo, enter } from './come-again.ts';
import type { Here } from './here.ts';

/** Milliseconds before each further try; a token counts for five minutes at most. */
const AGAIN_AFTER_MS = [2_000, 5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000, 40_000];

/** What the page around the frame told last. */
let newest: string | undefined;
/** The page around the frame has told that its reader is banned. */
let isBanned = false;

/**
 * Who reads here is who reads the page around the frame, as far as that page signed the reader in: another person's token
 * takes the place of the one before, and no token ends it, even where the new one is refused. A session that the reader
 * opened in the frame is theirs to end. What signed nobody in is told the page, which made it.
 */
export async function followHost(token: string, origin: string, here: Here): Promise<void> {
  const { dataset } = document.documentElement;
  newest = token;
  const person = token === '' ? null : await personIn(token, here);
  if (newest !== token) return;
  if (person === null) delete dataset['person'];
  else dataset['person'] = person;
  if (await staysFor({ token, person }, origin, here)) dataset['reader'] = 'known';
}

/** Resolves after this time, or once the browser is on the network again. */
function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true });
    setTimeout(resolve, milliseconds);
  });
}

/** A token that came nowhere, since the network or the forum failed, is brought again as long as the page says no other. */
async function bring(token: string, origin: string, here: Here): ReturnType<typeof enter> {
  for (const wait of AGAIN_AFTER_MS) {
    const became = await enter({ sso: token, url: origin }, here).catch(() => 'failed' as const);
    if (became !== 'failed') return became;
    await later(wait);
    if (newest !== token) break;
  }
  return 'failed';
}

/** Whether the frame stays the one of its reader. */
async function staysFor(
  { token, person }: { readonly token: string; readonly person: string | null },
  origin: string,
  here: Here,
): Promise<boolean> {
  const { isSignedIn, sso = null, tell } = here;
  if (isSignedIn && sso === null) {
    if (token !== '') tell({ kind: 'refused', reason: 'session' });
    return true;
  }
  const isOfHost = sso !== null || isBanned;
  // Without a session it is a banned member's page.
  if (token === '') return !isOfHost || leave(here, origin);
  const isSame = sso !== null && person === sso;
  if (isSignedIn && isSame) return true;
  const became = await bring(token, origin, here);
  if (became === 'entered' || became === 'failed') return false;
  if (became === 'not-kept') return true;
  tell({ kind: 'refused', reason: 'sso' });
  if (became === 'banned') {
    isBanned = true;
    if (isSignedIn) comeTo(here);
    return !isSignedIn;
  }
  return !isOfHost || isSame || leave(here, origin);
}

/** Ends the session in the frame, whose page comes again without it; nobody else's. */
async function leave(here: Here, origin: string): Promise<false> {
  await fetch('/embed/sign-out', { method: 'POST', headers: here.stated(origin), redirect: 'manual' });
  comeTo(here);
  return false;
}

/** The digest of the person whom a token names, whoever signed it; null for what is no token. */
async function personIn(token: string, { challengeOf }: Here): Promise<string | null> {
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
