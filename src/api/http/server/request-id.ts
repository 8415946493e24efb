import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isUuid } from '../../../../libs/kernel/index.ts';

/** A request id from outside is kept when it is a UUID, as every correlation id in the log is one. */
export function requestId({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  return isUuid(given) ? given : randomUUID();
}
