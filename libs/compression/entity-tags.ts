import type { Coded } from './compression.ts';

/** The entity tag of bytes in a coding: each form has its own (RFC 9110, 8.8.3.3). */
export function entityTag(tag: string, coding: Coded['coding']): string {
  return `"${tag}${coding === null ? '' : `-${coding}`}"`;
}

/** Whether one of the entity tags of an `If-None-Match` is this one; the comparison is the weak one (RFC 9110, 13.1.2). */
export function isAmong(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((each) => [etag, `W/${etag}`, '*'].includes(each.trim()));
}
