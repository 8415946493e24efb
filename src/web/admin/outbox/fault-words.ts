import type { MessageKey } from '../../shell/i18n/translate.ts';

/** What the codes of a fault mean, the most telling first. */
const FAULTS: readonly (readonly [RegExp, MessageKey])[] = [
  [/AUTH/, 'outbox.fault.auth'],
  [/ETIMEDOUT|OVERDUE/, 'outbox.fault.slow'],
  [/ECONN|ENOTFOUND|EDNS|EHOST|ENET|ESOCKET|EAI/, 'outbox.fault.away'],
  [/ETLS/, 'outbox.fault.tls'],
  [/^RCPT TO 5|ADDRESS/, 'outbox.fault.receiver'],
  [/^FILE/, 'outbox.fault.file'],
  [/COMPOSING|UNTOLD/, 'outbox.fault.program'],
];

/** A fault in words; its codes stand beside them. */
export function faultKey(reason: string): MessageKey {
  return FAULTS.find(([codes]) => codes.test(reason))?.[1] ?? 'outbox.fault.refused';
}
