import { join } from 'node:path';
import type { Config } from '../config.ts';

/** Where mails are filed when no mail server is set. */
export function outboxDir(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'outbox');
}

/** Where mails go, in a line for whoever starts the forum; a mail server's user and password stay untold. */
export function mailsGo({ smtpUrl, dataDir }: Pick<Config, 'smtpUrl' | 'dataDir'>): string {
  if (smtpUrl !== null) return `mails are sent by ${new URL(smtpUrl).host}`;
  return `mails are files in ${outboxDir({ dataDir })}, which admins read at /admin/outbox; set SMTP_URL to send them`;
}
