import { randomUUID } from 'node:crypto';
import { isLogServer } from '../../libs/event-store/index.ts';
import type { Config } from '../config.ts';

/** A log in a file has one server at a time, which the lock of DATA_DIR sees to, so a new one need not wait for the old. */
const ONLY_SERVER = 'the server of this file';

/** The name under which this server takes leases. */
export function holderOf({ eventStoreUrl }: Pick<Config, 'eventStoreUrl'>): string {
  return isLogServer(eventStoreUrl) ? randomUUID() : ONLY_SERVER;
}
