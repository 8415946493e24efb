import { createHmac } from 'node:crypto';
import { foldName } from '../../libs/kernel/index.ts';
import { emailName } from '../domain/reservation/names.ts';

/** The stream that reserves an address: it names nobody to who has the log, but not the key. */
export function emailStream(email: string, key: string): string {
  return emailName(createHmac('sha256', key).update(foldName(email.trim())).digest('hex'));
}
