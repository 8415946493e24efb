import { createHmac } from 'node:crypto';
import type { CallOptions } from './forum-caller.ts';

/** INBOUND_SECRET of tests. */
export const INBOUND_SECRET = 'a secret of the mail server that delivers';

export const INBOUND_PATH = '/api/v1/inbound-mail';

/** A mail as whoever delivers it sends it along. */
export function delivered(raw: Uint8Array | string, secret = INBOUND_SECRET): CallOptions {
  return { raw, headers: { 'content-type': 'message/rfc822', 'colloquy-signature': signatureOf(raw, secret) } };
}

export function signatureOf(raw: Uint8Array | string, secret = INBOUND_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}
