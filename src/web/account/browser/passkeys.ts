import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { fetchAs } from '../../shell/browser/fetch-as.ts';

/** A refusal of the API; `isPassword` when another password is needed. */
class Refused extends Error {
  readonly isPassword: boolean;

  constructor({ code, errors }: { readonly code?: string; readonly errors?: readonly { readonly field: string }[] }) {
    super(code ?? 'refused');
    this.isPassword = code === 'fresh_sign_in_required' || (errors ?? []).some(({ field }) => field === 'password');
  }
}

async function ask<Answer>(path: string, body: object, send: typeof fetch = fetch): Promise<Answer> {
  const response = await send(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer);
  return answer;
}

/** True when another ceremony took the place of this one: nothing went wrong. */
function isReplaced(error: unknown): boolean {
  if (error instanceof WebAuthnError) return error.code === 'ERROR_CEREMONY_ABORTED';
  return error instanceof Error && error.name === 'AbortError';
}

/** True when the device holds a passkey of this account already. */
function isKnown(error: unknown): boolean {
  return error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
}

/** A browser gives the same fault to whoever has no passkey and whoever closed its dialog, so both are told. */
function tell(form: HTMLElement, error: unknown): void {
  const place = form.querySelector<HTMLElement>('[role="alert"]');
  const password = form.querySelector<HTMLInputElement>('input[name="password"]');
  const isPassword = error instanceof Refused && error.isPassword && password !== null;
  password?.removeAttribute('aria-invalid');
  if (place === null || isReplaced(error)) return;
  place.hidden = false;
  place.textContent = form.dataset[isPassword ? 'wrongPassword' : isKnown(error) ? 'known' : 'failed'] ?? '';
  if (!isPassword) return;
  place.id = 'passkey-refused';
  password.setAttribute('aria-invalid', 'true');
  password.setAttribute('aria-errormessage', place.id);
  password.focus();
}

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

async function add(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form);
  const password = fields.get('password') || undefined;
  const name = fields.get('name') || undefined;
  const send = fetchAs(form.dataset['addPasskey'] ?? '');
  const optionsJSON = await ask<CreationOptions>('/members/me/passkeys/options', { password }, send);
  const passkey = await startRegistration({ optionsJSON });
  await ask('/members/me/passkeys', { passkey, name }, send);
  location.assign('/settings/sign-in?done=passkeyAdded');
}

async function signIn(form: HTMLElement, useBrowserAutofill: boolean): Promise<void> {
  const optionsJSON = await ask<RequestOptions>('/sessions/passkey-options', {});
  const passkey = await startAuthentication({ optionsJSON, useBrowserAutofill });
  await ask('/sessions', { passkey });
  location.assign(form.dataset['next'] ?? '/');
}

/**
 * A press that begins the ceremony, and nothing while one goes on: each would end in a session or a passkey of its own. One
 * that went well leaves the page, which may come back.
 */
function oneAtATime(place: HTMLElement, ceremony: () => Promise<void>): () => void {
  let isUnderWay = false;
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) isUnderWay = false;
  });
  return () => {
    if (isUnderWay) return;
    isUnderWay = true;
    ceremony().catch((error: unknown) => {
      isUnderWay = false;
      tell(place, error);
    });
  };
}

function prepareAdding(form: HTMLFormElement): void {
  form.hidden = false;
  const press = oneAtATime(form, () => add(form));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    press();
  });
}

/** The button, and where the browser can the passkeys among what it fills in at the login. */
async function prepareSignIn(place: HTMLElement): Promise<void> {
  place.hidden = false;
  const press = oneAtATime(place, () => signIn(place, false));
  place.querySelector('button')?.addEventListener('click', press);
  if (!(await browserSupportsWebAuthnAutofill())) return;
  // Nobody pressed anything, so nobody is told that this came to nothing.
  signIn(place, true).catch(() => undefined);
}

if (browserSupportsWebAuthn()) {
  const adding = document.querySelector<HTMLFormElement>('form[data-add-passkey]');
  if (adding !== null) prepareAdding(adding);
  const signingIn = document.querySelector<HTMLElement>('[data-passkey-sign-in]');
  if (signingIn !== null) void prepareSignIn(signingIn);
}
