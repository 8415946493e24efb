import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

/** The reason of a refusal, in the words of the API. */
class Refused extends Error {}

async function ask<Answer>(path: string, body: object): Promise<Answer> {
  const response = await fetch(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.detail);
  return answer;
}

/** True when somebody closed the browser's dialog, or another ceremony took its place: nothing went wrong. */
function isGivenUp(error: unknown): boolean {
  if (error instanceof WebAuthnError) return error.code === 'ERROR_CEREMONY_ABORTED' || isNotAllowed(error.cause);
  return isNotAllowed(error);
}

function isNotAllowed(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

function tell(form: HTMLElement, error: unknown): void {
  const place = form.querySelector<HTMLElement>('[role="alert"]');
  if (place === null || isGivenUp(error)) return;
  place.hidden = false;
  place.textContent = form.dataset['failed'] ?? '';
}

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

async function add(form: HTMLFormElement): Promise<void> {
  const fields = new FormData(form);
  const password = fields.get('password') || undefined;
  const name = fields.get('name') || undefined;
  const optionsJSON = await ask<CreationOptions>('/members/me/passkeys/options', { password });
  const passkey = await startRegistration({ optionsJSON });
  await ask('/members/me/passkeys', { passkey, name });
  location.assign('/settings/sign-in?done=passkeyAdded');
}

async function signIn(form: HTMLElement, useBrowserAutofill: boolean): Promise<void> {
  const optionsJSON = await ask<RequestOptions>('/sessions/passkey-options', {});
  const passkey = await startAuthentication({ optionsJSON, useBrowserAutofill });
  await ask('/sessions', { passkey });
  location.assign(form.dataset['next'] ?? '/');
}

function prepareAdding(form: HTMLFormElement): void {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    add(form).catch((error: unknown) => tell(form, error));
  });
}

/** The button, and where the browser can the passkeys among what it fills in at the login. */
async function prepareSignIn(place: HTMLElement): Promise<void> {
  place.hidden = false;
  place.querySelector('button')?.addEventListener('click', () => {
    signIn(place, false).catch((error: unknown) => tell(place, error));
  });
  if (!(await browserSupportsWebAuthnAutofill())) return;
  signIn(place, true).catch((error: unknown) => tell(place, error));
}

if (browserSupportsWebAuthn()) {
  const adding = document.querySelector<HTMLFormElement>('form[data-add-passkey]');
  if (adding !== null) prepareAdding(adding);
  const signingIn = document.querySelector<HTMLElement>('[data-passkey-sign-in]');
  if (signingIn !== null) void prepareSignIn(signingIn);
}
