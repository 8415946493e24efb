import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/**
 * The longest parts that authenticators send, in characters of base64url. A signature of the longest RSA key that is
 * checked (16,384 bits) has 2,731, and one of ML-DSA-44, by which passkeys of before may sign, 3,227.
 */
const LONGEST = {
  credentialId: 1_400,
  clientDataJSON: 4_000,
  attestationObject: 16_000,
  authenticatorData: 4_000,
  signature: 3_300,
  userHandle: 100,
} as const;
const MOST_TRANSPORTS = 10;
const LONGEST_TRANSPORT = 20;
const TRANSPORTS: ReadonlySet<string> = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/** What a browser says about a new passkey, as JSON (WebAuthn, RegistrationResponseJSON); null when it is anything else. */
export function registrationIn(value: object): RegistrationResponseJSON | null {
  const id = idIn(value);
  const response = objectIn(value, 'response');
  const clientDataJSON = bytesIn(response, 'clientDataJSON');
  const attestationObject = bytesIn(response, 'attestationObject');
  if (id === null || clientDataJSON === null || attestationObject === null) return null;
  return {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject },
  };
}

/** The ways to reach the authenticator that the browser names and the standard knows. */
export function transportsIn(value: object): readonly string[] {
  const named: unknown = Reflect.get(objectIn(value, 'response'), 'transports');
  if (!Array.isArray(named) || named.length > MOST_TRANSPORTS) return [];
  const texts = named.filter((one) => typeof one === 'string' && one.length <= LONGEST_TRANSPORT);
  return [...new Set<string>(texts)].filter((one) => TRANSPORTS.has(one));
}

/** What a browser says in signing in (AuthenticationResponseJSON); null when it is anything else, or names no member. */
export function assertionIn(value: object): (AuthenticationResponseJSON & { readonly userHandle: string }) | null {
  const id = idIn(value);
  const response = objectIn(value, 'response');
  const clientDataJSON = bytesIn(response, 'clientDataJSON');
  const authenticatorData = bytesIn(response, 'authenticatorData');
  const signature = bytesIn(response, 'signature');
  const userHandle = bytesIn(response, 'userHandle');
  if (id === null || clientDataJSON === null || authenticatorData === null) return null;
  if (signature === null || userHandle === null) return null;
  return {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature, userHandle },
    userHandle,
  };
}

function idIn(value: object): string | null {
  const id = textOf(Reflect.get(value, 'id'), LONGEST.credentialId);
  return Reflect.get(value, 'rawId') === id && Reflect.get(value, 'type') === 'public-key' ? id : null;
}

function objectIn(value: object, name: string): object {
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'object' && found !== null ? found : {};
}

function bytesIn(value: object, name: Exclude<keyof typeof LONGEST, 'credentialId'>): string | null {
  return textOf(Reflect.get(value, name), LONGEST[name]);
}

/** A text in base64url without padding, neither empty nor too long. */
function textOf(value: unknown, longest: number): string | null {
  return typeof value === 'string' && value.length <= longest && /^[\w-]+$/.test(value) ? value : null;
}
