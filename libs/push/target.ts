import { ECDH } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { PushTarget } from './port.ts';

const KEY_BYTES = 65;
const AUTH_BYTES = 16;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** Names that stand for this machine or the own network wherever they are asked. */
const OWN_NETWORK = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|localdomain)$/;

/**
 * What is wrong with the address of a device; null for a fair one: https, of a host with a public address or a public name.
 * A name may still lead into the own network, so each connection checks the address that it takes. `allowed` has the
 * origins that the operator vouches for.
 */
export function endpointFault(text: string, allowed: readonly string[]): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '')
    return 'must be the address that a push service gave';
  if (allowed.includes(url.origin)) return null;
  if (url.protocol !== 'https:') return 'must be an https: address';
  return isPublicHost(url.hostname) ? null : 'must be a public address';
}

function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (ipaddr.isValid(host)) return isPublicAddress(ipaddr.parse(host));
  return host.includes('.') && !OWN_NETWORK.test(host);
}

/** IPv6 addresses that hold one of IPv4 (`::127.0.0.1`, RFC 4291, 2.5.5.1) are nobody's in public. */
function isPublicAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const holdsIpv4 = address instanceof ipaddr.IPv6 && address.parts.slice(0, 6).every((part) => part === 0);
  return address.range() === 'unicast' && !holdsIpv4;
}

interface KeyFault {
  readonly field: keyof PushTarget;
  readonly message: string;
}

/** What is wrong with the keys of a device; null where a push can be encrypted for them. */
export function keysFault({ p256dh, auth }: Omit<PushTarget, 'endpoint'>): KeyFault | null {
  if (!BASE64URL.test(p256dh) || !isPoint(Buffer.from(p256dh, 'base64url')))
    return { field: 'p256dh', message: 'must be an uncompressed point of P-256 in base64url' };
  if (!BASE64URL.test(auth) || Buffer.from(auth, 'base64url').length !== AUTH_BYTES)
    return { field: 'auth', message: 'must be 16 bytes in base64url' };
  return null;
}

function isPoint(bytes: Buffer): boolean {
  if (bytes.length !== KEY_BYTES || bytes[0] !== 4) return false;
  try {
    ECDH.convertKey(bytes, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}
