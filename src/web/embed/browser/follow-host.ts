import { comeTo, enter } from './come-again.ts';
import type { Here } from './here.ts';

/** The page around the frame has told that its reader is banned. */
let isBanned = false;

/**
 * Who reads here is who reads the page around the frame, as far as that page signed the reader in: another person's token
 * takes the place of the one before, and no token ends it, even where the new one is refused. A session that the reader
 * opened in the frame is theirs to end. What signed nobody in is told the page, which made it.
 */
export async function followHost(token: string, origin: string, here: Here): Promise<void> {
  if (await staysFor(token, origin, here)) document.documentElement.dataset['reader'] = 'known';
}

/** Whether the frame stays the one of its reader. */
async function staysFor(token: string, origin: string, here: Here): Promise<boolean> {
  const { isSignedIn, sso = null, tell, site, as } = here;
  if (isSignedIn && sso === null) {
    if (token !== '') tell({ kind: 'refused', reason: 'session' });
    return true;
  }
  const isOfHost = sso !== null || isBanned;
  // Without a session it is a banned member's page.
  if (token === '') return !isOfHost || leave(here);
  const isSame = sso !== null && (await personIn(token, here)) === sso;
  if (isSignedIn && isSame) return true;
  const became = await enter({ sso: token, url: origin }, here);
  if (became === 'entered') return false;
  if (became === 'not-kept') return true;
  tell({ kind: 'refused', reason: 'sso' });
  if (became === 'banned') {
    isBanned = true;
    if (isSignedIn) comeTo(site, as);
    return !isSignedIn;
  }
  return !isOfHost || isSame || leave(here);
}

/** Ends the session in the frame, whose page comes again without it; nobody else's. */
async function leave({ stated, site, as }: Here): Promise<false> {
  await fetch('/embed/sign-out', { method: 'POST', headers: stated(), redirect: 'manual' });
  comeTo(site, as);
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
