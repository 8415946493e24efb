/** Where a device is reached, and the keys that only the device opens a push with (RFC 8291). */
export interface PushTarget {
  readonly endpoint: string;
  /** P-256, uncompressed, in base64url. */
  readonly p256dh: string;
  /** 16 bytes in base64url. */
  readonly auth: string;
}

export interface PushContent {
  /** What the device is told, as text; it travels encrypted. 3,000 bytes at most. */
  readonly text: string;
  /** A push that waits for its device gives way to a newer one of the same topic; 32 characters of base64url at most. */
  readonly topic: string;
  /** Seconds for which the push service keeps it for a device that is away. */
  readonly ttl: number;
  readonly urgency: 'low' | 'normal' | 'high';
}

/** Takes pushes to the push services of browsers. */
export interface PushTransport {
  /** Resolves when the push service has taken it. Throws PushFault. */
  send(target: PushTarget, content: PushContent): Promise<void>;
  close(): void;
}

export type PushFaultKind = 'gone' | 'final' | 'later';

/** A push was not sent, as far as can be known. */
export class PushFault extends Error {
  override readonly name = 'PushFault';
  /** A status or a code, never the words of a push service, which may name the device. */
  readonly reason: string;
  /** `gone`: the push service knows no such device; `final`: it will never take this push. */
  readonly kind: PushFaultKind;
  /** Milliseconds that the push service asks to wait. */
  readonly waitMs: number;

  constructor(reason: string, options: ErrorOptions & { readonly kind: PushFaultKind; readonly waitMs?: number }) {
    super(`the push was not sent: ${reason}`, options);
    this.reason = reason;
    this.kind = options.kind;
    this.waitMs = options.waitMs ?? 0;
  }
}

export { type VapidKeys, vapidKeysOf } from './vapid.ts';
