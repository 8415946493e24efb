import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { PasskeyCreation, PasskeyRequest } from '../../libs/client/index.ts';

/** What a test has an authenticator or browser say otherwise than it should. */
export interface Told {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly counter?: number;
  /** Without it the owner was not asked for a finger or PIN. */
  readonly userVerified?: boolean;
  readonly userHandle?: string;
  readonly credentialId?: string;
  /** The COSE algorithm that the key says it is for; -7 (ES256) without it. */
  readonly algorithm?: number;
  /** The public key in COSE that it brings in place of its own. */
  readonly publicKey?: ReadonlyMap<number, Cbor>;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

/** An authenticator in software with one key (ES256, no attestation), as far as the forum's routes need one (WebAuthn). */
export class SoftAuthenticator {
  readonly #origin: string;
  readonly #credentialId = randomBytes(32);
  readonly #keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  #userHandle = '';
  counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  /** The answer to creation options: RegistrationResponseJSON. */
  create(options: PasskeyCreation, told: Told = {}, attestation: { fmt: string; attStmt: Cbor } = NONE): object {
    this.#userHandle = options.user.id;
    const clientDataJSON = this.#clientData('webauthn.create', options.challenge, told);
    const authData = Buffer.concat([
      this.#authData(told.rpId ?? options.rp.id, WITH_KEY, told),
      Buffer.alloc(16),
      Buffer.from([0, this.#credentialId.length]),
      this.#credentialId,
      cbor(this.#coseKey(told)),
    ]);
    const attestationObject = cbor(
      new Map<string, Cbor>([
        ['fmt', attestation.fmt],
        ['attStmt', attestation.attStmt],
        ['authData', authData],
      ]),
    ).toString('base64url');
    return this.#credential({ clientDataJSON, attestationObject, transports: ['usb'] }, told);
  }

  /** The answer to request options: AuthenticationResponseJSON. */
  get(options: PasskeyRequest, told: Told = {}): object {
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, told);
    const authenticatorData = this.#authData(told.rpId ?? options.rpId, 0, told);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    const signature = sign('sha256', Buffer.concat([authenticatorData, hash]), this.#keys.privateKey);
    return this.#credential(
      {
        clientDataJSON,
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: told.userHandle ?? this.#userHandle,
      },
      told,
    );
  }

  #credential(response: object, { credentialId }: Told): object {
    const id = credentialId ?? this.#credentialId.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string, told: Told): string {
    const data = {
      type: told.type ?? type,
      challenge: told.challenge ?? challenge,
      origin: told.origin ?? this.#origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }

  #authData(rpId: string, flags: number, { counter = this.counter, userVerified = true }: Told): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(flags | PRESENT | (userVerified ? VERIFIED : 0));
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), head]);
  }

  #coseKey({ algorithm = -7, publicKey }: Told): Cbor {
    if (publicKey !== undefined) return publicKey;
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return new Map<number, Cbor>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
  }
}

export type Cbor = number | string | Buffer | readonly Cbor[] | ReadonlyMap<number | string, Cbor>;

export const NONE = { fmt: 'none', attStmt: new Map<string, Cbor>() } as const;

/** CBOR (RFC 8949), as far as keys and attestations need it. */
export function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map) {
    const entries = [...value].flatMap(([key, one]) => [cbor(key), cbor(one)]);
    return Buffer.concat([head(5, value.size), ...entries]);
  }
  const items = [...value.values()].map((one) => cbor(one));
  return Buffer.concat([head(4, items.length), ...items]);
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  if (size < 256) return Buffer.from([(major << 5) | 24, size]);
  return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
}
